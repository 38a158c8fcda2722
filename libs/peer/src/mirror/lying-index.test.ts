/** A mirror of an index that lies: nothing outside its folder, nothing lost, a reason to read. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { combineChunkReaders, openPlacedChunks } from "@goliath/chunks";
import { Listeners, silentLog, systemClock, systemDisk, type SqliteDatabase } from "@goliath/kit";
import type { FeedEvent } from "@goliath/protocols/feed";
import type { DriveInfo, IndexService } from "@goliath/protocols/index";
import {
  digestOf,
  GoliathError,
  PATH_DEPTH_MAX,
  rootOf,
  type ChunkId,
  type Digest,
  type DirId,
  type DrivePath,
  type Entry,
  type NamedEntry,
  type Revision,
} from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChunkFetcher, IndexLink } from "../parts.ts";
import { openPeerDatabase } from "../state/peer-database.ts";
import { FILE_CHUNKS_MAX } from "./file-installer.ts";
import { Mirrors, type MirrorStatus } from "./mirrors.ts";
import { PartialChunks } from "./partial-chunks.ts";

const CHUNK_BYTES = 4096;
const ROOT = 5 as DirId;
/** What every honest file of these tests holds. */
const BYTES = Buffer.from("honest");
const DIGEST = digestOf(BYTES);

/** An index that says whatever the test makes it say. */
class LyingIndex {
  revision = 10;
  readonly dirs = new Map<number, NamedEntry[]>([[ROOT, []]]);
  readonly #told = new Listeners<FeedEvent>();
  readonly #waits = new Listeners<void>();
  following = 0;

  readonly link: IndexLink;

  constructor() {
    const service = {
      drive: async () => this.#info(),
      resolve: async () => ({ revision: this.revision, entries: [this.dir(ROOT)] }),
      list: async ({ where }: { where: { dir: number } }) => ({
        revision: this.revision,
        dir: where.dir,
        entries: this.dirs.get(where.dir) ?? [],
      }),
      digests: async () => DIGEST,
    };
    this.link = {
      peerId: "self" as IndexLink["peerId"],
      service: service as unknown as IndexService,
      feed: {
        follow: (_, { signal }) => this.#follow(signal),
        revocations: async function* () {},
      },
      info: () => this.#info(),
      connected: () => true,
      whenConnected: async () => this.#info(),
      reachable: async () => this.#info(),
      onConnect: () => () => undefined,
    };
  }

  dir(dir: number): Entry {
    return { kind: "dir", revision: 1 as Revision, dir: dir as DirId, files: 0, bytes: 0 };
  }

  async tell(event: FeedEvent): Promise<void> {
    while (this.following === 0) await this.#waits.next();
    this.#told.emit(event);
  }

  /** One revision in which these names of these directories change. */
  async change(changes: [dir: number, name: string, entry?: Entry][]): Promise<void> {
    const revision = ++this.revision as Revision;
    const told = changes.map(([dir, name, entry]) => ({ dir: dir as DirId, name, entry }));
    await this.tell({ kind: "changes", revision, at: 0, changes: told, last: true });
  }

  #info(): DriveInfo {
    return {
      drive: "drive" as DriveInfo["drive"],
      generation: 1,
      chunkBytes: CHUNK_BYTES,
      revision: this.revision as Revision,
      oldest: 0 as Revision,
      leaseMs: 1000,
    };
  }

  async *#follow(signal: AbortSignal): AsyncGenerator<FeedEvent> {
    const queue: FeedEvent[] = [];
    const stop = this.#told.subscribe((event) => {
      queue.push(event);
      this.#waits.emit();
    });
    this.following++;
    this.#waits.emit();
    try {
      for (;;) {
        const event = queue.shift();
        if (event) yield event;
        else await this.#waits.next(signal);
      }
    } finally {
      this.following--;
      stop();
    }
  }
}

const fileOf = (changes: Partial<Extract<Entry, { kind: "file" }>> = {}): Entry => ({
  kind: "file",
  revision: 1 as Revision,
  root: rootOf(DIGEST),
  extents: [{ first: 1 as ChunkId, count: 1, bytes: BYTES.length }],
  size: BYTES.length,
  mtimeMs: 1000,
  executable: false,
  sums: DIGEST,
  ...changes,
});

/** Called at each fetch, and waited for. */
let beforeFetch: () => Promise<void> | void = () => undefined;

const fetcher: ChunkFetcher = {
  fetch: async ({ digest }) => {
    await beforeFetch();
    if (Buffer.compare(digest, DIGEST) === 0) return BYTES;
    throw new GoliathError("no-holder", "nobody holds this");
  },
};

let folder: string;
let local: string;
let open: AsyncDisposableStack;
let index: LyingIndex;
let mirrors: Mirrors;
let database: SqliteDatabase;

beforeEach(async () => {
  open = new AsyncDisposableStack();
  beforeFetch = () => undefined;
  folder = await mkdtemp(join(tmpdir(), "goliath-lying-"));
  open.defer(() => rm(folder, { recursive: true }));
  local = join(folder, "outer", "mirror");
  await mkdir(local, { recursive: true });
  const disk = systemDisk;
  database = open.adopt(openPeerDatabase(folder, { disk }), (one) => void one.close());
  const file = join(folder, "chunks.db");
  const placed = open.use(await openPlacedChunks({ disk, file, chunkBytes: CHUNK_BYTES }));
  const partial = new PartialChunks();
  index = new LyingIndex();
  mirrors = open.use(
    new Mirrors({
      disk,
      database,
      link: index.link,
      placed,
      partial,
      chunks: combineChunkReaders([placed, partial]),
      fetcher,
      clock: systemClock,
      random: () => 0,
      log: silentLog,
      taken: () => [],
    }),
  );
});
afterEach(() => open.disposeAsync());

/** The mirror's status once it satisfies this. */
async function settled(isDone: (status: MirrorStatus) => boolean): Promise<MirrorStatus> {
  const signal = AbortSignal.timeout(20_000);
  for (;;) {
    const [status] = mirrors.list();
    if (status && isDone(status)) return status;
    await mirrors.nextChange(signal);
  }
}

/** Begins to mirror what the index says now. */
function mirror(entries: [name: string, entry: Entry][] = [["honest", fileOf()]]): void {
  const named = entries.map(([name, entry]) => ({ name, entry }));
  index.dirs.set(ROOT, named as NamedEntry[]);
  mirrors.mirror({ path: "/data" as DrivePath, local }).catch(() => undefined);
}

const mentions = (text: RegExp) => (status: MirrorStatus) =>
  status.problems.some((problem) => text.test(problem));

async function namesIn(...names: string[]): Promise<string[]> {
  return (await readdir(join(local, ...names))).toSorted();
}

/** What a mirror makes in its own folder. */
const OWN_NAMES = ["keep", "mirror", "moving", "placing", "tmp"];
const GIANT = 2 ** 53 - 1;

describe("a mirror of an index that lies", () => {
  it.each([
    ["a root that is another's", { root: digestOf(Buffer.from("other")) }, /root/u],
    ["digests of other bytes", { sums: new Uint8Array(32) as Digest }, /root/u],
    [
      "more chunks than its bytes fill",
      { extents: [{ first: 1 as ChunkId, count: 2, bytes: 6 }] },
      /do not fit/u,
    ],
    [
      "fewer chunks than its bytes take",
      { extents: [{ first: 1 as ChunkId, count: 1, bytes: 8192 }], size: 8192 },
      /do not fit/u,
    ],
    [
      "ids beyond all ids",
      { extents: [{ first: GIANT as ChunkId, count: 1, bytes: 6 }] },
      /do not fit/u,
    ],
    [
      "the largest size that can be said",
      { extents: [{ first: 0 as ChunkId, count: 2 ** 41, bytes: GIANT }], size: GIANT },
      /more than 4194304 chunks/u,
    ],
    [
      "a chunk more than a mirrored file may have",
      {
        extents: [
          {
            first: 0 as ChunkId,
            count: FILE_CHUNKS_MAX + 1,
            bytes: (FILE_CHUNKS_MAX + 1) * CHUNK_BYTES,
          },
        ],
        size: (FILE_CHUNKS_MAX + 1) * CHUNK_BYTES,
      },
      /more than 4194304 chunks/u,
    ],
  ])("refuses a file of %s, and takes the others", async (_, changes, reason) => {
    mirror([
      ["bad", fileOf(changes)],
      ["honest", fileOf()],
    ]);
    const status = await settled((now) => now.missingFiles === 1 && now.problems.length > 0);
    expect(status.problems.join()).toMatch(reason);
    expect(await namesIn()).toEqual([".goliath", "honest"]);
    expect(await readFile(join(local, "honest"))).toEqual(BYTES);
  });

  it("leaves out names that it keeps for itself", async () => {
    const names = [".goliath", ".GOLIATH", ".goliathignore"];
    mirror([...names.map((name): [string, Entry] => [name, fileOf()]), ["sub", index.dir(6)]]);
    await settled(mentions(/keeps this name/u));
    index.dirs.set(6, [{ name: ".goliath", entry: fileOf() } as NamedEntry]);
    await settled(({ state }) => state === "complete");
    expect(await namesIn()).toEqual([".goliath", ".goliathignore", "sub"]);
    expect(await namesIn("sub")).toEqual([".goliath"]);
    expect(await namesIn(".goliath")).toEqual(OWN_NAMES);
    await index.change([[ROOT, ".goliath", index.dir(9)]]);
    await settled(({ revision, state }) => revision === index.revision && state === "complete");
    expect(await namesIn(".goliath")).toEqual(OWN_NAMES);
    await index.change([".goliath", ".GOLIATH"].map((name) => [ROOT, name]));
    await settled((status) => !mentions(/keeps this name/u)(status));
  });

  it("says so when directories lie in each other, and leaves what it has", async () => {
    mirror([
      ["a", index.dir(6)],
      ["b", index.dir(7)],
      ["honest", fileOf()],
    ]);
    index.dirs.set(6, [{ name: "file", entry: fileOf() } as NamedEntry]);
    await settled(({ state }) => state === "complete");
    await index.change([
      [6, "b", index.dir(7)],
      [7, "a", index.dir(6)],
      [ROOT, "a"],
      [ROOT, "b"],
    ]);
    await settled(mentions(/circle/u));
    expect(await namesIn()).toEqual([".goliath", "a", "b", "honest"]);
    expect(await namesIn("a")).toEqual(["file"]);
  });

  it("refuses the mirrored directory inside itself", async () => {
    mirror();
    await settled(({ state }) => state === "complete");
    await index.change([[ROOT, "again", index.dir(ROOT)]]);
    await settled(mentions(/lies in itself/u));
    expect(await namesIn()).toEqual([".goliath", "honest"]);
  });

  it("stops at directories deeper than any path", async () => {
    for (let dir = 100; dir < 100 + PATH_DEPTH_MAX + 10; dir++) {
      index.dirs.set(dir, [{ name: "d", entry: index.dir(dir + 1) } as NamedEntry]);
    }
    mirror([["d", index.dir(100)]]);
    await settled(mentions(/circle/u));
    expect(await namesIn()).toEqual([".goliath"]);
  });

  it("does nothing for an index that goes back to an earlier revision", async () => {
    mirror();
    await settled(({ state }) => state === "complete");
    const revision = 3 as Revision;
    const changes = [{ dir: ROOT, name: "honest", entry: undefined }];
    await index.tell({ kind: "changes", revision, at: 0, changes, last: true });
    await settled(mentions(/went back from revision 10 to 3/u));
    index.revision = 4;
    index.dirs.set(ROOT, []);
    await index.tell({ kind: "reset" });
    await settled(mentions(/went back from revision 10 to 4/u));
    expect(await namesIn()).toEqual([".goliath", "honest"]);
  });

  it("touches nothing of the user's beside its folder", async () => {
    await writeFile(join(folder, "outer", "mine"), "mine");
    mirror([["honest", fileOf()], ...["a", "b"].map((n): [string, Entry] => [n, index.dir(7)])]);
    await settled(({ revision }) => revision === 10);
    expect((await readdir(join(folder, "outer"))).toSorted()).toEqual(["mine", "mirror"]);
    expect(await readFile(join(folder, "outer", "mine"), "utf8")).toBe("mine");
  });
});

describe("a mirror that looks in the midst of a revision", () => {
  it("removes a directory once it knows that what is in it is gone too", async () => {
    const GONE = 6;
    index.dirs.set(GONE, [{ name: "file", entry: fileOf() } as NamedEntry]);
    mirror([["gone", index.dir(GONE)]]);
    await settled(({ state }) => state === "complete");
    const fetching = Promise.withResolvers<void>();
    const asked = new Promise<void>((resolve) => {
      beforeFetch = () => {
        resolve();
        return fetching.promise;
      };
    });
    await index.change([[ROOT, "late", fileOf()]]);
    await asked;
    // The first part of the next revision, while the sweep of this one is under way.
    const next = { kind: "changes" as const, revision: 12 as Revision, at: 0 };
    const gone = { dir: ROOT, name: "gone", entry: undefined };
    await index.tell({ ...next, changes: [gone], last: false });
    await expect
      .poll(() => database.prepare("SELECT count(*) FROM mirror_midway").pluck().get(), {
        timeout: 20_000,
      })
      .toBe(1);
    const swept = mirrors.nextChange(AbortSignal.timeout(20_000));
    fetching.resolve();
    await swept;
    expect(await namesIn()).toEqual([".goliath", "gone", "late"]);
    await index.tell({ ...next, changes: [], last: true });
    await settled(({ state, revision }) => state === "complete" && revision === 12);
    expect(await namesIn()).toEqual([".goliath", "late"]);
  });
});
