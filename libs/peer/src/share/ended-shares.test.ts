/** Paths that were given back, and an index that forgot it. */
import { parsePath, type DrivePath } from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openShareWorld, type ShareWorld } from "./testing/share-world.ts";

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
