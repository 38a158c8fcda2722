/** What `get` writes on a disk that loses power, is full, or fails: at every call in turn. */
import { silentLog, type Disk, type SqliteDatabase } from "@goliath/kit";
import {
  breakEveryCall,
  crashAtEveryCall,
  fillAtEveryCall,
  seeded,
  type Outcome,
  type Trial,
} from "@goliath/kit/simulated-disk";
import { GoliathError, rootOf, type FileEntry, type Revision } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { openPeerDatabase } from "../state/peer-database.ts";
import { GetsUnderWay } from "./gets-under-way.ts";
import { LocalCopy } from "./local-copy.ts";

const HOME = "/home/peer";
const TARGET = "/home/user/tree";
const TEXTS: Record<string, string> = { a: "a".repeat(9_000), "sub/b": "b", "sub/deep/c": "c" };

const FILE: FileEntry = {
  kind: "file",
  revision: 1 as Revision,
  size: 5,
  mtimeMs: 1000,
  executable: false,
  extents: [],
  root: rootOf(new Uint8Array()),
};

async function* halves(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  yield bytes.subarray(0, bytes.length / 2);
  yield bytes.subarray(bytes.length / 2);
}

interface World extends Trial {
  /** Paths that were said to be written. */
  told: string[];
}

async function prepare(trial: Trial): Promise<World> {
  for (const folder of [HOME, "/home/user"]) trial.disk.makeDirectory(folder);
  openPeerDatabase(HOME, { disk: trial.disk.process() }).close();
  // The user's own, with a name like one of ours.
  trial.disk.write("/home/user/.goliath-get-of-mine", "mine");
  trial.disk.syncAll();
  return { ...trial, told: [] };
}

function getsOf(database: SqliteDatabase, { disk, seed }: { disk: Disk; seed: number }) {
  return new GetsUnderWay({ database, disk, random: seeded(seed), log: silentLog });
}

async function work({ disk: machine, told, seed }: World): Promise<void> {
  const disk = machine.process();
  const database = openPeerDatabase(HOME, { disk });
  try {
    const get = getsOf(database, { disk, seed }).begin(TARGET);
    const copy = new LocalCopy(disk);
    const root = await copy.makeRoot(TARGET);
    for (const folder of ["sub", "sub/deep"]) await copy.makeFolder(`${root}/${folder}`);
    for (const [path, text] of Object.entries(TEXTS)) {
      const to = { to: `${root}/${path}`, file: FILE, real: true, mark: get.mark };
      for await (const _count of copy.write(halves(text), to));
      told.push(path);
    }
    get.end();
  } finally {
    database.close();
  }
}

/** A final name holds all bytes or is not there; after the next start nothing of ours is. */
async function expectWhole({ disk: machine, told, seed }: World): Promise<void> {
  for (const path of told) expect(machine.kindOf(`${TARGET}/${path}`), path).toBe("file");
  for (const [path, text] of Object.entries(TEXTS)) {
    const local = `${TARGET}/${path}`;
    if (machine.kindOf(local)) expect(machine.textOf(local) === text, `${path} whole`).toBe(true);
  }
  const disk = machine.process();
  const database = openPeerDatabase(HOME, { disk });
  await getsOf(database, { disk, seed }).removeLeftovers(new AbortController().signal);
  expect(database.prepare("SELECT count(*) FROM get_under_way").pluck().get()).toBe(0);
  database.close();
  const known = ["user", "tree", ...Object.keys(TEXTS), "sub", "sub/deep"];
  const names = allBelow(machine, "/home/user");
  expect(names.filter((name) => !known.some((one) => name.endsWith(`/${one}`)))).toEqual([
    "/home/user/.goliath-get-of-mine",
  ]);
}

function allBelow(disk: World["disk"], folder: string): string[] {
  return disk.names(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    return disk.kindOf(path) === "directory" ? [path, ...allBelow(disk, path)] : [path];
  });
}

/** The kill comes with the fault: nothing runs after it that could clean up. */
const check = async (world: World, { error }: Outcome): Promise<void> => {
  if (error !== undefined) {
    const { code } = GoliathError.from(error);
    expect(["disk-fault", "full"], String(error)).toContain(code);
  }
  world.disk.leave(2 ** 40);
  world.disk.crash();
  await expectWhole(world);
};

describe("LocalCopy", () => {
  it("has whole files under their names and leaves nothing else, whatever a power cut takes", async () => {
    const trials = await crashAtEveryCall({ seeds: [1, 2], prepare, work, check: expectWhole });
    expect(trials).toBeGreaterThan(80);
  });

  it("says that the disk is full, from any moment on", async () => {
    await fillAtEveryCall({ seeds: [1], prepare, work, check });
  });

  it("says that the disk fails, whatever call it is", async () => {
    await breakEveryCall({ seeds: [1], prepare, work, check });
  });
});
