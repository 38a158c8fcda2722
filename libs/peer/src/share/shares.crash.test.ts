/** A share on a disk that loses power, is full, or fails: at every call in turn. */
import {
  breakEveryCall,
  crashAtEveryCall,
  fillAtEveryCall,
  type Trial,
} from "@goliath/kit/simulated-disk";
import { digestOf, hasCode, parsePath, rootOf, type ChunkId } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { passing, RETRY_MS } from "../testing/passing.ts";
import { shareDiskOn } from "./share-disk.ts";
import { createShareWorld, TEST_CHUNK_BYTES, type ShareWorld } from "./testing/share-world.ts";

const HOME = "/home/peer";
const LOCAL = "/data/share";
const DATA = parsePath("/data");

/** Every call in turn takes minutes: a part of them each time, another one for each seed. */
const STEP = 5;

const long = (letter: string): string => letter.repeat(TEST_CHUNK_BYTES + 100);
/** What the user's program leaves in the folder, one after the other; it syncs nothing. */
const STATES: Record<string, string>[] = [
  { a: long("a"), "sub/b": "b", "sub/c": "c", stays: "s" },
  { a: long("A"), "sub/b": "b", "fresh/deep/d": long("d"), stays: "s" },
];

interface World extends Trial {
  share: ShareWorld;
  /** How many states the user has made so far. */
  made: number;
}

async function prepare(trial: Trial): Promise<World> {
  const { disk, clock } = trial;
  disk.makeDirectory(HOME);
  disk.makeDirectory(LOCAL);
  disk.syncAll();
  return { ...trial, share: await createShareWorld({ folder: HOME, clock }), made: 0 };
}

async function start({ disk, share }: World): Promise<void> {
  const process = disk.process("peer");
  share.system = process;
  share.disk = shareDiskOn(process);
  await share.start();
}

/** The user's program makes the folder look like the next state. */
function makeNext(world: World): void {
  const { disk, share } = world;
  const state = STATES[world.made++]!;
  for (const path of filesIn(world)) if (!(path in state)) disk.remove(`${LOCAL}/${path}`);
  for (const [path, text] of Object.entries(state)) {
    if (textAt(world, path) === text) continue;
    disk.makeDirectory(`${LOCAL}/${path}`.slice(0, LOCAL.length + path.lastIndexOf("/") + 1));
    disk.write(`${LOCAL}/${path}`, text);
  }
  share.touch(...Object.keys({ ...STATES[0], ...state }).map((path) => `${LOCAL}/${path}`));
}

function filesIn({ disk }: World, folder = ""): string[] {
  return disk.names(join(folder)).flatMap((name) => {
    const path = folder === "" ? name : `${folder}/${name}`;
    return disk.kindOf(join(path)) === "directory" ? filesIn({ disk } as World, path) : [path];
  });
}

const join = (path: string): string => (path === "" ? LOCAL : `${LOCAL}/${path}`);

function textAt({ disk }: World, path: string): string | undefined {
  return disk.kindOf(join(path)) === "file" ? disk.textOf(join(path)) : undefined;
}

const rootOfText = (text: string): string => {
  const bytes = Buffer.from(text);
  const sums: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += TEST_CHUNK_BYTES)
    sums.push(digestOf(bytes.subarray(at, at + TEST_CHUNK_BYTES)));
  return Buffer.from(rootOf(Buffer.concat(sums))).toString("hex");
};

/** The files the drive has below the share, by their paths in it. */
async function committed({ share }: World): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (!(await share.entry(DATA))) return found;
  for (const line of await share.tree(DATA)) {
    if (line.endsWith("/")) continue;
    const path = line.slice(0, line.lastIndexOf(" "));
    const { root } = await share.file(path);
    found.set(path.slice(DATA.length + 1), Buffer.from(root).toString("hex"));
  }
  return found;
}

/** Resolves when the drive has what the folder has, whatever that is by now. */
async function published(world: World): Promise<void> {
  await world.share.shares.share({ local: LOCAL, path: DATA });
  for (;;) {
    const drive = await committed(world);
    const folder = filesIn(world).map((path) => [path, rootOfText(textAt(world, path)!)] as const);
    const same = drive.size === folder.length && folder.every(([p, root]) => drive.get(p) === root);
    if (same) return;
    await world.clock.sleep(RETRY_MS / 20);
  }
}

async function work(world: World): Promise<void> {
  makeNext(world);
  await start(world);
  await passing(world, published(world));
  makeNext(world);
  await passing(world, published(world));
  await world.share.stop();
}

/** No chunk that is said to be held has other bytes; it may lie in a file that changed. */
async function expectHonest({ share: { placed } }: World): Promise<void> {
  for (const { first, count } of placed.runs(0 as ChunkId, 1000)) {
    for (let id = first; id < first + count; id++) {
      const error = await placed.read(id as ChunkId).catch((thrown: unknown) => thrown);
      if (!(error instanceof Uint8Array)) {
        expect(hasCode(error, "changed", "missing"), String(error)).toBe(true);
      }
    }
  }
}

/** What was published as the user's last word is still what the folder holds. */
function expectKept(world: World, drive: Map<string, string>): void {
  for (const [path, text] of Object.entries(STATES[world.made - 1] ?? {})) {
    if (drive.get(path) === rootOfText(text)) expect(textAt(world, path), path).toBe(text);
  }
}

/** After a restart all comes to be published as it is on the disk. */
async function expectRecovers(world: World): Promise<void> {
  world.share.lose();
  expectKept(world, await committed(world));
  await start(world);
  await passing(world, expectHonest(world));
  await passing(world, published(world));
  await passing(world, expectHonest(world));
  const [status] = world.share.shares.list();
  expect(status?.problems).toEqual([]);
  await world.share.stop();
}

describe("a share", () => {
  it("never publishes what a power cut takes back, and is right again after it", async () => {
    const trials = await crashAtEveryCall({
      seeds: [1, 2, 3],
      step: STEP,
      prepare,
      work,
      check: (world) => expectRecovers(world),
    });
    expect(trials).toBeGreaterThan(20);
  });

  it("waits on a full disk, from any moment on, and goes on when it is not", async () => {
    await fillAtEveryCall({
      seeds: [1],
      step: STEP,
      prepare,
      work: async (world) => {
        makeNext(world);
        await start(world);
        published(world).catch(() => undefined);
        await pause(world);
      },
      check: async (world) => {
        world.disk.leave(2 ** 40);
        world.disk.crash();
        await expectRecovers(world);
      },
    });
  });

  it("tries again what failed, whatever call it was", async () => {
    await breakEveryCall({
      seeds: [1],
      step: STEP,
      prepare,
      work,
      check: async (world) => {
        world.disk.crash();
        await expectRecovers(world);
      },
    });
  });
});

/** A while in which a share has tried and failed. */
async function pause({ clock }: World): Promise<void> {
  for (let turns = 0; turns < 6; turns++) await clock.advance(RETRY_MS);
}
