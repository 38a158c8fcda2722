/** An index for tests of the wire. */
import type { IndexService } from "../index/service.ts";
import { GoliathError } from "../nouns/exports.ts";

const refuse = async (): Promise<never> => {
  throw new GoliathError("unsupported", "no answer in this test");
};

/** An index that refuses with `unsupported` whatever `answers` does not answer. */
export function createStubIndex(answers: Partial<IndexService>): IndexService {
  return {
    drive: refuse,
    resolve: refuse,
    list: refuse,
    pathOf: refuse,
    search: refuse,
    digests: refuse,
    holders: refuse,
    allocate: refuse,
    renew: refuse,
    stageDigests: refuse,
    place: refuse,
    policies: refuse,
    copies: refuse,
    commit: refuse,
    log: refuse,
    peers: refuse,
    members: refuse,
    invite: refuse,
    revoke: refuse,
    renewPass: refuse,
    ...answers,
  };
}
