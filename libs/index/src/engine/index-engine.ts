/** `IndexEngine` over a runner: names the operations, and tells listeners of new revisions. */
import type { CommitReply, CommitRequest } from "@goliath/protocols/index/service";
import type { ChunkId, ChunkRun, Revision } from "@goliath/protocols/nouns";
import type { Committer, IndexEngine } from "./engine.ts";
import type { LeasedPage } from "./leases.ts";
import { mergeRuns } from "./merge-runs.ts";
import type { Runner } from "./runner.ts";
import type { SearchThread } from "../search/search-thread.ts";

/** Without a thread that searches, searches go through all names: for small drives. */
export function createIndexEngine(runner: Runner, searching?: SearchThread): IndexEngine {
  const listeners = new Set<(revision: Revision) => void>();
  let newest = 0;
  return {
    drive: () => runner.read("drive", {}),
    resolve: (request) => runner.read("resolve", request),
    list: (request) => runner.read("list", request),
    pathOf: (request) => runner.read("pathOf", request),
    search: (request) => searching?.search(request) ?? runner.read("search", request),
    policies: (request) => runner.read("policies", request),
    digests: (request) => runner.read("digests", request),
    allocate: (peer, count) => runner.write("allocate", { peer, count }),
    renew: (peer, leases) => runner.write("renew", { peer, leases }),
    checkLeased: (peer, runs) => runner.read("checkLeased", { peer, runs }),
    stageDigests: (peer, request) => runner.write("stageDigests", { ...request, peer }),
    inspect: (peer, { number, digest, leases, changes }) =>
      runner.read("inspect", { peer, number, digest, leases, runs: runsOf(changes) }),
    commit: async (who, request) => {
      const reply = await commitOnce(runner, who, request);
      if (reply.revision > newest && !reply.again) {
        newest = reply.revision;
        searching?.committed();
        for (const listener of listeners) listener(reply.revision);
      }
      return reply;
    },
    log: (request) => runner.read("log", request),
    changes: (request) => runner.read("changes", request),
    onCommit: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    record: (key) => runner.read("record", { key }),
    setRecord: (key, value) => runner.write("setRecord", { key, value }),
    records: (prefix) => runner.read("records", { prefix }),
    retain: (request) => runner.write("retain", request),
    collect: (request) => runner.write("collect", request),
    committedRuns: (request) => runner.read("committedRuns", request),
    leasedRuns: () => leasedRuns(runner),
    usage: (request) => runner.read("usage", request),
    tick: () => runner.write("tick", {}),
    [Symbol.asyncDispose]: async () => {
      await searching?.[Symbol.asyncDispose]();
      await runner[Symbol.asyncDispose]();
    },
  };
}

async function commitOnce(
  runner: Runner,
  who: Committer,
  request: CommitRequest,
): Promise<CommitReply> {
  return runner.write("commit", { who, request });
}

async function leasedRuns(runner: Runner): Promise<ChunkRun[]> {
  const runs: ChunkRun[] = [];
  for (let next: ChunkId | undefined = 0 as ChunkId; next !== undefined;) {
    const page: LeasedPage = await runner.read("leasedAfter", { first: next });
    for (const run of page.runs) runs.push(run);
    ({ next } = page);
  }
  return mergeRuns(runs);
}

function runsOf(changes: CommitRequest["changes"]): ChunkRun[] {
  const runs: ChunkRun[] = [];
  for (const change of changes) {
    if (change.op !== "put") continue;
    for (const { first, count } of change.file.extents) runs.push({ first, count });
  }
  return runs;
}
