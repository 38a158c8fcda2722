/** A user who saves in a mirror while the drive replaces the same files: nothing they wrote is lost. */
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const DOCS = Array.from({ length: 80 }, (_, i) => `doc ${i}`);
const ROUNDS = 6;

let world: World;
let alice: Daemon;
let bob: Daemon;
let source: string;
let copy: string;

beforeAll(async () => {
  world = await openWorld("racing");
  [alice, bob] = await Promise.all([world.join("alice"), world.join("bob")]);
  source = world.path("source");
  copy = world.path("copy");
  await mkdir(source);
  await publish(0);
  await alice.call("share", { local: source, path: "/data" });
  await bob.call("mirror", { path: "/data", local: copy });
});
afterAll(() => world[Symbol.asyncDispose]());

async function publish(round: number): Promise<void> {
  for (const name of DOCS)
    await writeFile(join(source, name), `drive ${round} ${"of ".repeat(round)}${name}`);
}

async function mirrored(after: number): Promise<number> {
  interface Status {
    mirrors: { state: string; revision: number }[];
  }
  const look = async () => (await bob.call<Status>("status")).mirrors[0];
  const found = await until(look, (one) => one?.state === "complete" && one.revision > after, {
    what: `a revision after ${after}`,
  });
  return found?.revision ?? 0;
}

/**
 * Saves wherever an older text of the drive is, as soon as the first newer one has come: while the
 * others are being replaced. In place and by rename in turns; returns all it saved.
 */
async function saveUntil(stopped: () => boolean, round: () => number): Promise<string[]> {
  const saved: string[] = [];
  const beside = world.path("beside");
  for (let begun = 0; !stopped();) {
    for (const name of DOCS) {
      const file = join(copy, name);
      const text = await readFile(file, "utf8").catch(() => undefined);
      if (text?.startsWith(`drive ${round()} `)) begun = round();
      if (begun < round() || text?.startsWith(`drive ${round()} `)) continue;
      if (text !== undefined && !text.startsWith("drive")) continue;
      const mine = `mine ${saved.length}`;
      if (text === undefined) {
        // The instant in which the old is gone and the new not there: a name that is free.
        const isSaved = await writeFile(file, mine, { flag: "wx" }).then(
          () => true,
          () => false,
        );
        if (!isSaved) continue;
      } else if (saved.length % 2 === 0) await writeFile(file, mine);
      else {
        await writeFile(beside, mine);
        await rename(beside, file);
      }
      saved.push(mine);
    }
    await turn();
  }
  return saved;
}

async function textsIn(folder: string): Promise<Set<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Set(
    await Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), "utf8"))),
  );
}

describe("a user who saves while a mirror replaces", () => {
  it("finds every version somewhere in the folder", async () => {
    let isOver = false;
    let round = 0;
    const saving = saveUntil(
      () => isOver,
      () => round,
    );
    let revision = 0;
    while (round < ROUNDS) {
      await publish(++round);
      revision = await mirrored(revision);
    }
    isOver = true;
    const saved = await saving;
    await bob.call("unmirror", { local: copy });
    const found = await textsIn(copy);
    expect(saved.filter((mine) => !found.has(mine))).toEqual([]);
    expect(saved.length).toBeGreaterThan(ROUNDS);
  });
});
