/** Paths that were given back, and an index that forgot it. */
import { digestOfChanges } from "@goliath/protocols/index";
import { parsePath, type DrivePath } from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openShareWorld, OTHER_PEER, type ShareWorld } from "./testing/share-world.ts";

const DATA = parsePath("/data");
const OTHER = parsePath("/other");

let world: ShareWorld;
beforeEach(async () => void (world = await openShareWorld()));
afterEach(() => world[Symbol.asyncDispose]());

async function shareAndEnd(path: DrivePath): Promise<void> {
  const local = await world.path(path.slice(1));
  await world.shares.share({ local, path });
  await world.shares.unshare({ local });
}

/** Paths given back, in order. */
const givenBack = (): string[] =>
  world.commits.flatMap(({ changes }) =>
    changes.flatMap(({ op, path }) => (op === "unclaim" ? [path] : [])),
  );
const until = <Value>(see: () => Value) => expect.poll(see, { timeout: 20_000 });

describe("a path that was given back", () => {
  it("is given back again to an index of another generation, once", async () => {
    await shareAndEnd(DATA);
    await shareAndEnd(OTHER);
    await world.connect(0);
    await world.connect(1);
    await until(givenBack).toEqual([DATA, OTHER, DATA, OTHER]);
    await world.stop();
    await world.start();
    await world.connect(1);
    await world.connect(2);
    await until(givenBack).toEqual([DATA, OTHER, DATA, OTHER, DATA, OTHER]);
  });

  it("is not when it is shared again by then", async () => {
    await shareAndEnd(DATA);
    await shareAndEnd(OTHER);
    await world.shares.share({ local: await world.path("data"), path: DATA });
    await world.connect(1);
    await until(givenBack).toEqual([DATA, OTHER, OTHER]);
  });
});

/** The index gives the path back, and its answer never comes. */
async function endUnanswered(local: string, signal?: AbortSignal): Promise<unknown> {
  const reached = Promise.withResolvers<void>();
  world.onCommit = async (commit, aborted) => {
    await commit();
    reached.resolve();
    return new Promise((_, reject) =>
      aborted?.addEventListener("abort", () => reject(aborted.reason)),
    );
  };
  const ending = world.shares.unshare({ local }, signal ? { signal } : {});
  const ended = ending.catch((error: unknown) => error);
  await reached.promise;
  world.onCommit = (commit) => commit();
  return ended;
}

/** What another peer is told who writes into the share. */
async function writeByOther(): Promise<unknown> {
  const changes = [{ op: "mkdir", path: parsePath("/data/by-other") } as const];
  const request = { changes, number: 1, leases: [], locations: [] };
  const who = { peer: OTHER_PEER, admin: false };
  const made = world.engine.commit(who, { ...request, digest: digestOfChanges(changes) });
  return made.then(
    () => "done",
    (error: unknown) => (error as { code: string }).code,
  );
}

describe("a share whose path was given back without an answer", () => {
  it("has ended after the next start, and publishes nothing any more", async () => {
    const local = await world.path("data");
    await world.shares.share({ local, path: DATA });
    void endUnanswered(local);
    await until(givenBack).toEqual([DATA]);
    await world.stop();
    const before = world.commits.length;
    await world.start();
    await until(() => world.shares.list()).toEqual([]);
    expect(world.commits.slice(before).flatMap(({ changes }) => changes)).toEqual([
      { op: "unclaim", path: DATA },
    ]);
    expect(await writeByOther()).toBe("done");
  });

  it("has ended after the next start though the path is another's by then", async () => {
    const local = await world.path("data");
    await world.shares.share({ local, path: DATA });
    void endUnanswered(local);
    await until(givenBack).toEqual([DATA]);
    await world.stop();
    const changes = [{ op: "claim", path: DATA } as const];
    const request = { changes, number: 1, leases: [], locations: [] };
    const who = { peer: OTHER_PEER, admin: false };
    await world.engine.commit(who, { ...request, digest: digestOfChanges(changes) });
    await world.start();
    await until(() => world.shares.list()).toEqual([]);
  });

  it("owns its path again when its user gave up waiting", async () => {
    const local = await world.path("data");
    await world.shares.share({ local, path: DATA });
    const patience = new AbortController();
    const ended = endUnanswered(local, patience.signal);
    await until(givenBack).toEqual([DATA]);
    patience.abort();
    expect(await ended).toMatchObject({ code: "aborted" });
    await until(() => world.commits.at(-1)?.changes).toEqual([{ op: "claim", path: DATA }]);
    expect(world.shares.list()).toMatchObject([{ path: DATA, once: false }]);
    await expect.poll(writeByOther, { timeout: 20_000 }).toBe("owned");
  });
});
