import { describe, expect, it } from "vitest";
import {
  GoliathError,
  parsePath,
  type DirId,
  type Entry,
  type Revision,
} from "../nouns/exports.ts";
import { JoinedResolves } from "./joined-resolves.ts";
import type { ResolveReply, ResolveRequest } from "./service.ts";

const revision = 12 as Revision;
const pathOf = (name: string | number) => parsePath(`/${name}`);

/** A directory whose id is told by its path. */
function entryAt(path: string): Entry {
  return { kind: "dir", revision, dir: Number(path.slice(1)) as DirId, files: 0, bytes: 0 };
}

type Answer = (request: ResolveRequest, signal: AbortSignal | undefined) => Promise<ResolveReply>;

const answerAll: Answer = async ({ paths }) => ({ revision, entries: paths.map(entryAt) });

function open(answer: Answer = answerAll) {
  const asked: ResolveRequest[] = [];
  const resolves = new JoinedResolves((request, { signal }) => {
    asked.push(request);
    return answer(request, signal);
  });
  const ask = (name: string | number, signal?: AbortSignal) =>
    resolves.resolve({ paths: [pathOf(name)] }, signal ? { signal } : {});
  return { resolves, asked, ask };
}

describe("JoinedResolves", () => {
  it("asks in one request what one turn asks, and gives everybody its own", async () => {
    const { resolves, asked, ask } = open();
    const replies = await Promise.all([
      ask(1),
      resolves.resolve({ paths: [pathOf(7), pathOf(8)] }),
      ask(2),
    ]);
    expect(asked.map(({ paths }) => paths)).toEqual([["/1", "/7", "/8", "/2"]]);
    const entries = replies.map((reply) => reply.entries);
    expect(entries).toEqual([[entryAt("/1")], [entryAt("/7"), entryAt("/8")], [entryAt("/2")]]);
    expect(replies.every((reply) => reply.revision === revision)).toBe(true);
  });

  it("asks anew in a later turn: what was committed meanwhile is seen", async () => {
    const { asked, ask } = open();
    await ask(1);
    await ask(1);
    expect(asked).toHaveLength(2);
  });

  it("asks apart for digests, for a revision, and for what is too much together", async () => {
    const { resolves, asked, ask } = open();
    const many = { paths: Array.from({ length: 256 }, (_, at) => pathOf(at)) };
    await Promise.all([
      ask(1),
      resolves.resolve({ paths: [pathOf(2)], sums: true }),
      resolves.resolve({ paths: [pathOf(3)], at: revision }),
      resolves.resolve(many),
    ]);
    const counts = asked.map(({ paths, sums = false, at }) => [paths.length, sums, at]);
    expect(counts.toSorted()).toEqual(
      [
        [1, false, revision],
        [1, false, undefined],
        [1, true, undefined],
        [256, false, undefined],
      ].toSorted(),
    );
  });

  it("lets one path's fault be its own", async () => {
    const { ask } = open(async (request, signal) => {
      if (request.paths.includes(pathOf(2))) throw new GoliathError("internal", "a bad row");
      return answerAll(request, signal);
    });
    const replies = await Promise.allSettled([ask(1), ask(2), ask(3)]);
    expect(replies.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("does not ask again where the index had no room", async () => {
    const { asked, ask } = open(async () => {
      throw new GoliathError("busy", "too much");
    });
    const replies = await Promise.allSettled([ask(1), ask(2)]);
    expect(replies.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(asked).toHaveLength(1);
  });

  it("lets go at once who gives up, and gives the request up with the last", async () => {
    const answered = Promise.withResolvers<ResolveReply>();
    const signals: (AbortSignal | undefined)[] = [];
    const { ask } = open((_, signal) => {
      signals.push(signal);
      return answered.promise;
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const calls = [ask(1, first.signal), ask(2, second.signal)];
    await Promise.resolve();
    first.abort();
    await expect(calls[0]).rejects.toMatchObject({ code: "aborted" });
    expect(signals[0]?.aborted).toBe(false);
    second.abort();
    await expect(calls[1]).rejects.toMatchObject({ code: "aborted" });
    expect(signals[0]?.aborted).toBe(true);
    answered.reject(new GoliathError("aborted", "cancelled"));
  });

  it("answers who stays when another gives up", async () => {
    const answered = Promise.withResolvers<void>();
    const { ask } = open((request, signal) =>
      answered.promise.then(() => answerAll(request, signal)),
    );
    const leaving = new AbortController();
    const calls = [ask(1, leaving.signal), ask(2)];
    leaving.abort();
    await expect(calls[0]).rejects.toMatchObject({ code: "aborted" });
    answered.resolve();
    expect((await calls[1])?.entries).toEqual([entryAt("/2")]);
  });
});
