import { ManualClock } from "@goliath/kit";
import {
  digestOf,
  GoliathError,
  type ChunkId,
  type ErrorCode,
  type PeerId,
} from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { bytesOf, run } from "../testing/copies-world.ts";
import { idsOf } from "../testing/simulated-keeper.ts";
import { Verifier } from "./verifier.ts";

const [HONEST, OTHER] = ["honest", "other"] as PeerId[] as [PeerId, PeerId];
const FRESH = [run(10, 4)];

interface Answers {
  /** Rejects what it cannot vouch for. */
  prove?: () => Promise<void>;
  read?: (id: ChunkId) => Promise<Uint8Array>;
}

/** Verifies chunks that an honest peer and another hold; returns how it ended and who lied. */
async function verify(other: Answers): Promise<{ code: ErrorCode | "verified"; liars: PeerId[] }> {
  const liars: PeerId[] = [];
  const answers = new Map<PeerId, Answers>([
    [HONEST, {}],
    [OTHER, other],
  ]);
  const verifier = new Verifier({
    holder: (peer) => ({ prove: answers.get(peer)?.prove ?? (async () => undefined) }),
    digests: async (runs) => Buffer.concat([...idsOf(runs)].map((id) => digestOf(bytesOf(id)))),
    readBack: async (peer, id) => answers.get(peer)?.read?.(id) ?? bytesOf(id),
    chunkBytes: 4096,
    random: () => 0.5,
    clock: new ManualClock(),
    onLie: (peer) => void liars.push(peer),
  });
  const locations = [HONEST, OTHER].map((peer) => ({ peer, ...run(10, 4) }));
  const done = verifier.verify({ fresh: FRESH, locations, leases: [] });
  const code = await done.then(
    () => "verified" as const,
    (error: unknown) => GoliathError.from(error).code,
  );
  return { code, liars };
}

const fail = (code: ErrorCode) => (): Promise<never> =>
  Promise.reject(new GoliathError(code, code));

describe("Verifier", () => {
  it("tells of nobody where all is as it was said", async () => {
    expect(await verify({})).toEqual({ code: "verified", liars: [] });
  });

  it.each<[string, Answers]>([
    ["sends other bytes", { read: async () => bytesOf(99 as ChunkId) }],
    ["has nothing after all", { read: fail("missing") }],
    ["has it rotten", { read: fail("corrupt") }],
  ])("tells of a holder that vouched and %s", async (_, answers) => {
    expect(await verify(answers)).toEqual({ code: "unverified", liars: [OTHER] });
  });

  it.each<[string, Answers]>([
    ["cannot vouch, whatever it then sends", { prove: fail("unverified"), read: fail("missing") }],
    ["cannot be read from now", { read: fail("unavailable") }],
    ["is busy", { read: fail("busy") }],
    ["has a file that has changed since", { read: fail("changed") }],
  ])("holds nothing against one that %s", async (_, answers) => {
    expect(await verify(answers)).toEqual({ code: "unverified", liars: [] });
  });
});
