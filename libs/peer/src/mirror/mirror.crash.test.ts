/** A mirror on a disk that loses power, is full, or fails: at every call in turn. */
import { combineChunkReaders, openPlacedChunks, type PlacedChunks } from "@goliath/chunks";
import { Listeners, silentLog } from "@goliath/kit";
import {
  breakEveryCall,
  crashAtEveryCall,
  fillAtEveryCall,
  type SimulatedProcess,
  type Trial,
} from "@goliath/kit/simulated-disk";
import type { FeedEvent } from "@goliath/protocols/feed";
import type { DriveInfo, IndexService } from "@goliath/protocols/index";
import {
  digestOf,
  hasCode,
  rootOf,
  type ChunkId,
  type DirId,
  type DrivePath,
  type Entry,
  type NamedEntry,
  type Revision,
} from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import type { ChunkFetcher, IndexLink } from "../parts.ts";
import { openPeerDatabase } from "../state/peer-database.ts";
import { passing, RETRY_MS } from "../testing/passing.ts";
import { Mirrors } from "./mirrors.ts";
import { PartialChunks } from "./partial-chunks.ts";

const CHUNK_BYTES = 4096;
const HOME = "/home/peer";
const LOCAL = "/data/mirror";
const ROOT = 5 as DirId;

/**
 * Every call in turn takes minutes: so many apart, beginning with another one for each seed. So many
 * consecutive seeds meet every call.
 */
const STEP = 13;

const long = (letter: string): string => letter.repeat(2 * CHUNK_BYTES + 100);
/** What stands in the drive at each revision, by path; a directory is its id. */
const REVISIONS: Record<string, string | number>[] = [
  { a: long("a"), b: "b", f: "renamed", sub: 6, "sub/c": "c", "sub/deep": 7, "sub/deep/x": "x" },
  { a: long("A"), d: "d", e: "renamed", moved: 6, "moved/c": "c", fresh: 8, "moved/deep": 7 },
];

interface World extends Trial {
  drive: Drive;
}

/** An index and a holder of all chunks, of a drive with two revisions. */
class Drive {
  revision = 0;
  readonly #changed = new Listeners<void>();
  readonly #chunks = new Map<string, Uint8Array>();
  #nextId = 1;
  readonly #entries = REVISIONS.map((tree) =>
    Object.entries(tree).map(([path, content]) => ({ path, entry: this.#entryOf(content) })),
  );
  readonly fetcher: ChunkFetcher = {
    fetch: async ({ digest }) => this.#chunks.get(Buffer.from(digest).toString("hex"))!,
    fetchSmall: async (needs) => Promise.all(needs.map((need) => this.fetcher.fetch(need))),
  };

  async next(): Promise<void> {
    this.revision++;
    this.#changed.emit();
  }

  link(): IndexLink {
    const service = {
      drive: async () => this.#info(),
      resolve: async () => ({ revision: this.#info().revision, entries: [dirOf(ROOT)] }),
      list: async ({ where }: { where: { dir: number } }) => ({
        revision: this.#info().revision,
        dir: where.dir,
        entries: this.#listed(where.dir),
      }),
    };
    return {
      peerId: "self" as IndexLink["peerId"],
      service: service as unknown as IndexService,
      feed: {
        follow: ({ from }, { signal }) => this.#follow(from, signal),
        revocations: async function* () {},
      },
      info: () => this.#info(),
      connected: () => true,
      reachable: async () => this.#info(),
      whenConnected: async () => this.#info(),
      onConnect: () => () => undefined,
    };
  }

  #listed(dir: number): NamedEntry[] {
    const entries = this.#entries[this.revision] ?? [];
    const home = entries.find(({ entry }) => entry.kind === "dir" && entry.dir === dir);
    const prefix = dir === ROOT ? "" : `${home?.path}/`;
    return entries
      .filter(({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes("/"))
      .map(({ path, entry }) => ({ name: path.slice(prefix.length), entry }) as NamedEntry);
  }

  #entryOf(content: string | number): Entry {
    if (typeof content === "number") return dirOf(content);
    const bytes = Buffer.from(content);
    const sums: Uint8Array[] = [];
    const first = this.#nextId as ChunkId;
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, at + CHUNK_BYTES);
      sums.push(digestOf(chunk));
      this.#chunks.set(Buffer.from(digestOf(chunk)).toString("hex"), chunk);
      this.#nextId++;
    }
    return {
      kind: "file",
      revision: this.#nextId as Revision,
      root: rootOf(Buffer.concat(sums)),
      extents: [{ first, count: sums.length, bytes: bytes.length }],
      size: bytes.length,
      mtimeMs: 1_600_000_000_000,
      executable: false,
      sums: Buffer.concat(sums),
    };
  }

  async *#follow(from: number, signal: AbortSignal): AsyncGenerator<FeedEvent> {
    while (from >= this.#info().revision) await this.#changed.next(signal);
    yield { kind: "reset" } as FeedEvent;
  }

  #info(): DriveInfo {
    return {
      drive: "drive" as DriveInfo["drive"],
      generation: 1,
      chunkBytes: CHUNK_BYTES,
      revision: (this.revision + 10) as Revision,
      oldest: 0 as Revision,
      leaseMs: 1000,
    };
  }
}

function dirOf(dir: number): Entry {
  return { kind: "dir", revision: 1 as Revision, dir: dir as DirId, files: 0, bytes: 0 };
}

async function prepare(trial: Trial): Promise<World> {
  trial.disk.makeDirectory(HOME);
  trial.disk.makeDirectory("/data");
  trial.disk.syncAll();
  return { ...trial, drive: new Drive() };
}

interface Running extends AsyncDisposable {
  mirrors: Mirrors;
  placed: PlacedChunks;
}

async function open({ clock, drive }: World, disk: SimulatedProcess): Promise<Running> {
  await using opening = new AsyncDisposableStack();
  const database = opening.adopt(openPeerDatabase(HOME, { disk }), (one) => void one.close());
  const file = `${HOME}/chunks.db`;
  const placed = opening.use(
    await openPlacedChunks({ disk, file, chunkBytes: CHUNK_BYTES, clock }),
  );
  const partial = new PartialChunks();
  const mirrors = opening.use(
    new Mirrors({
      disk,
      database,
      link: drive.link(),
      placed,
      partial,
      chunks: combineChunkReaders([placed, partial]),
      fetcher: drive.fetcher,
      clock,
      random: () => 0,
      log: silentLog,
      taken: () => [],
    }),
  );
  const opened = opening.move();
  return { mirrors, placed, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function mirrorAll(world: World, { mirrors }: Running): Promise<void> {
  const status = (): boolean =>
    mirrors
      .list()
      .some(
        ({ revision, state }) => state === "complete" && revision === world.drive.revision + 10,
      );
  await mirrors.mirror({ path: "/data" as DrivePath, local: LOCAL });
  while (!status()) await mirrors.nextChange();
}

/** Mirrors one revision, then the other. */
async function work(world: World): Promise<void> {
  await using running = await open(world, world.disk.process());
  await passing(world, mirrorAll(world, running));
  await world.drive.next();
  await passing(world, mirrorAll(world, running));
}

/** The names below a folder of the simulated disk with what they hold, our own left out. */
function found({ disk }: Trial, folder: string, prefix = ""): Record<string, string> {
  const all: Record<string, string> = {};
  if (disk.kindOf(folder) !== "directory") return all;
  for (const name of disk.names(folder)) {
    if (prefix === "" && name === ".goliath") continue;
    const path = `${folder}/${name}`;
    if (disk.kindOf(path) === "file") all[prefix + name] = disk.textOf(path);
    else
      Object.assign(
        all,
        { [prefix + name]: "/" },
        found({ disk } as Trial, path, `${prefix}${name}/`),
      );
  }
  return all;
}

const expected = (revision: number): Record<string, string> =>
  Object.fromEntries(
    Object.entries(REVISIONS[revision]!).map(([path, content]) => [
      path,
      typeof content === "number" ? "/" : content,
    ]),
  );

/**
 * What a final name holds is of some revision, whole; what is said to be held is, or, where `moved`,
 * may lie elsewhere: no read gives anything else.
 */
async function expectHonest(
  world: World,
  { placed, moved }: Running & { moved: boolean },
): Promise<void> {
  const known = new Set(REVISIONS.flatMap((tree) => Object.values(tree)));
  for (const [path, content] of Object.entries(found(world, LOCAL))) {
    if (content !== "/") expect(known.has(content), `${path} holds a revision's bytes`).toBe(true);
  }
  for (const { first, count } of placed.runs(0 as ChunkId, 1000)) {
    for (let id = first; id < first + count; id++) {
      const read = await placed.read(id as ChunkId).then(
        () => "held",
        (error: unknown) => error,
      );
      if (read !== "held" && moved) expect(hasCode(read, "missing", "changed")).toBe(true);
      else expect(read, `chunk ${id} is held`).toBe("held");
    }
  }
}

/** After a restart all comes to stand as in the last revision, with nothing beside it. */
async function expectRecovers(world: World): Promise<void> {
  world.drive.revision = 1;
  {
    await using running = await open(world, world.disk.process());
    await passing(world, expectHonest(world, { ...running, moved: true }));
    await passing(world, mirrorAll(world, running));
    await passing(world, expectHonest(world, { ...running, moved: false }));
    expect(running.mirrors.list()[0]?.problems).toEqual([]);
  }
  expect(found(world, LOCAL)).toEqual(expected(1));
}

describe("a mirror", () => {
  it("is right again after a power cut at any moment, and honest before", async () => {
    const trials = await crashAtEveryCall({
      seeds: [1, 2],
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
        // It ends with the power, as a peer does that nobody stops.
        const running = await open(world, world.disk.process());
        mirrorAll(world, running).catch(() => undefined);
        await pause(world);
        await world.drive.next();
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
      check: async (world, { error }) => {
        if (error === undefined) expect(found(world, LOCAL)).toEqual(expected(1));
        world.disk.crash();
        await expectRecovers(world);
      },
    });
  });
});

/** A while in which a mirror has tried and failed. */
async function pause({ clock }: World): Promise<void> {
  for (let turns = 0; turns < 6; turns++) await clock.advance(RETRY_MS);
}
