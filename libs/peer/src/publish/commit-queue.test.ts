import { beforeEach, describe, expect, it } from "vitest";
import Database from "better-sqlite3";
import { ManualClock, silentLog } from "@goliath/kit";
import type { CommitReply, CommitRequest } from "@goliath/protocols/index";
import { GoliathError, parsePath, type Change, type Revision } from "@goliath/protocols/nouns";
import type { IndexLink } from "../parts.ts";
import { CommitQueue, createCommitTables } from "./commit-queue.ts";

const NOW_MS = 1_700_000_000_000;

/** What an index does with the numbers of one peer. */
class Numbers {
  readonly sent: CommitRequest[] = [];
  readonly done = new Map<number, { digest: string; revision: number }>();

  commit = async (request: CommitRequest): Promise<CommitReply> => {
    this.sent.push(request);
    const digest = Buffer.from(request.digest).toString("hex");
    const before = this.done.get(request.number);
    if (before && before.digest !== digest) throw new GoliathError("number-used", "used");
    const revision = before?.revision ?? this.done.size + 1;
    this.done.set(request.number, { digest, revision });
    return { revision: revision as Revision, at: 0, again: before !== undefined };
  };
}

let index: Numbers;
beforeEach(() => void (index = new Numbers()));

function openQueue({
  database,
  nowMs = NOW_MS,
  random = () => 0,
}: {
  database: Database.Database;
  nowMs?: number;
  random?: () => number;
}): CommitQueue {
  createCommitTables(database);
  const link = {
    service: { commit: (request: CommitRequest) => index.commit(request) },
    whenConnected: async () => ({}),
    reachable: async () => ({}),
  } as unknown as IndexLink;
  return new CommitQueue({
    database,
    link,
    clock: new ManualClock({ nowMs }),
    random,
    log: silentLog,
  });
}

const changes = (path: string): Change[] => [{ op: "mkdir", path: parsePath(path) }];
const commit = (queue: CommitQueue, path: string): Promise<CommitReply> =>
  queue.commit({ changes: changes(path), leases: [], locations: [] });

describe("CommitQueue", () => {
  it("gives up a number that another commit has, and commits once under a later one", async () => {
    const ahead = openQueue({ database: new Database(":memory:") });
    for (const path of ["/1", "/2", "/3"]) await commit(ahead, path);
    const database = new Database(":memory:");
    const applied: number[] = [];
    const queue = openQueue({ database });
    queue.onKept((_, reply) => void applied.push(Number(reply?.revision)));
    const keep = { owner: 1, effects: [] };
    const { revision } = await queue.commit(
      { changes: changes("/mine"), leases: [], locations: [] },
      { keep },
    );
    expect(revision).toBe(4);
    expect(applied).toEqual([4]);
    expect(database.prepare("SELECT count(*) FROM commit_kept").pluck().get()).toBe(0);
    await commit(queue, "/next");
    expect(index.done.size).toBe(5);
  });

  it("finds a free number however far ahead the used ones are", async () => {
    const future = openQueue({ database: new Database(":memory:"), nowMs: NOW_MS + 30e9 });
    await commit(future, "/from-next-year");
    const { done } = index;
    // As an index that has forgotten its records does: nothing up to the last is taken.
    index.commit = async (request) => {
      index.sent.push(request);
      if (request.number <= Math.max(...done.keys())) throw new GoliathError("number-used", "used");
      return { revision: 2 as Revision, at: 0, again: false };
    };
    const queue = openQueue({ database: new Database(":memory:") });
    expect((await commit(queue, "/now")).revision).toBe(2);
    expect(index.sent.length).toBeLessThan(45);
  });

  it("sends a kept commit from before under its own number only, even where that is used", async () => {
    const database = new Database(":memory:");
    const stopped = new AbortController();
    const queue = openQueue({ database });
    const answer = index.commit;
    index.commit = async (request) => {
      index.sent.push(request);
      stopped.abort();
      throw new GoliathError("aborted", "the peer stopped");
    };
    const keep = { owner: 1, effects: [] };
    const body = { changes: changes("/kept"), leases: [], locations: [] };
    const cut = queue.commit(body, { keep, signal: stopped.signal });
    await expect(cut).rejects.toThrow("stopped");
    index.commit = answer;
    const number = index.sent[0]?.number ?? 0;
    index.done.set(number, { digest: "another", revision: 1 });
    await openQueue({ database }).resume();
    expect(index.sent.map((request) => request.number)).toEqual([number, number]);
    expect(index.done.size).toBe(1);
  });

  it("takes no first result of another commit after an old database was put back", async () => {
    let state = 1;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const old = new Database(":memory:");
    const queue = openQueue({ database: old, random });
    await commit(queue, "/first");
    const copy = new Database(old.serialize());
    // The clock stands still: numbers come after the last alone.
    await commit(queue, "/same");
    const again = await commit(openQueue({ database: copy, random }), "/same");
    expect(again.again).toBe(false);
  });
});
