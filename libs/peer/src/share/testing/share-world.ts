/** A publisher and shares over a memory index, real folders and real placed chunks. */
import { openPlacedChunks, type PlacedChunks } from "@goliath/chunks";
import { openMemoryIndexEngine, type IndexEngine } from "@goliath/index";
import {
  Listeners,
  openDatabase,
  silentLog,
  systemClock,
  systemDisk,
  type Clock,
  type Disk,
  type SqliteDatabase,
  type WatchListener,
} from "@goliath/kit";
import {
  DIGESTS_MAX,
  type CommitReply,
  type CommitRequest,
  type DriveInfo,
  type IndexService,
} from "@goliath/protocols/index";
import {
  GoliathError,
  idOfPublicKey,
  parsePath,
  type ChunkId,
  type DriveId,
  type Entry,
  type FileEntry,
  type PeerId,
} from "@goliath/protocols/nouns";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IndexLink } from "../../parts.ts";
import { createCommitTables } from "../../publish/commit-queue.ts";
import { Publisher } from "../../publish/publisher.ts";
import { shareDiskOn, type ShareDisk } from "../share-disk.ts";
import { createShareTables } from "../share-tables.ts";
import { Shares, type SharesInit } from "../shares.ts";

export const TEST_CHUNK_BYTES = 4096;
export const TEST_PEER: PeerId = idOfPublicKey(new Uint8Array(32).fill(1));
export const OTHER_PEER: PeerId = idOfPublicKey(new Uint8Array(32).fill(2));
const DRIVE = idOfPublicKey(new Uint8Array(32).fill(3)) as string as DriveId;

export interface ShareWorldInit {
  clock?: Clock;
  /** Without it the test tells of events itself, with `touch`. */
  watch?: SharesInit["watch"];
}

export class ShareWorld implements AsyncDisposable {
  readonly folder: string;
  readonly engine: IndexEngine;
  /** Every commit that reached the index, retried ones as often as they came. */
  readonly commits: CommitRequest[] = [];
  /** The disk as shares see it: a test may break it. */
  disk: ShareDisk = shareDiskOn(systemDisk);
  /** The disk under all else, and the databases: another one before `start`, if at all. */
  system: Disk = systemDisk;
  /** Called in place of the engine's commit. */
  onCommit: (
    commit: () => Promise<CommitReply>,
    signal: AbortSignal | undefined,
  ) => Promise<CommitReply> = (commit) => commit();
  readonly clock: Clock;
  readonly #init: ShareWorldInit;
  readonly #connects = new Listeners<DriveInfo>();
  readonly #watchers = new Set<WatchListener>();
  #database: SqliteDatabase | undefined;
  #placed: PlacedChunks | undefined;
  #publisher: Publisher | undefined;
  #shares: Shares | undefined;

  constructor(init: ShareWorldInit & { folder: string; engine: IndexEngine; clock: Clock }) {
    this.folder = init.folder;
    this.engine = init.engine;
    this.clock = init.clock;
    this.#init = init;
  }

  get placed(): PlacedChunks {
    return present(this.#placed);
  }

  get publisher(): Publisher {
    return present(this.#publisher);
  }

  get shares(): Shares {
    return present(this.#shares);
  }

  get database(): SqliteDatabase {
    return present(this.#database);
  }

  /** Starts the peer's part; again after `stop`, with the same state. */
  async start(): Promise<void> {
    const { clock } = this;
    const random = (): number => 0;
    const disk = this.system;
    this.#database = openDatabase(join(this.folder, "peer.db"), {
      disk,
      format: 1,
      migrate: (database) => {
        createCommitTables(database);
        createShareTables(database);
      },
    });
    const file = join(this.folder, "chunks.db");
    this.#placed = await openPlacedChunks({ disk, file, chunkBytes: TEST_CHUNK_BYTES, clock });
    const link = this.#link(await this.engine.drive());
    const parts = { database: this.#database, link, placed: this.#placed, clock, random };
    this.#publisher = new Publisher({ ...parts, disk, log: silentLog });
    this.#shares = new Shares({
      ...parts,
      log: silentLog,
      publisher: this.#publisher,
      disk: {
        names: (path) => this.disk.names(path),
        stat: (path) => this.disk.stat(path),
        stats: (paths) => Promise.allSettled(paths.map((path) => this.disk.stat(path))),
        isEmpty: (path) => this.disk.isEmpty(path),
        text: (path) => this.disk.text(path),
        realPath: (path) => this.disk.realPath(path),
      },
      watch: this.#init.watch ?? ((_folder, listener) => this.#watch(listener)),
      taken: () => [join(this.folder, "home")],
    });
    this.#shares.start();
  }

  async stop(): Promise<void> {
    await this.#shares?.[Symbol.asyncDispose]();
    await this.#placed?.[Symbol.asyncDispose]();
    this.#database?.close();
    this.lose();
  }

  /** The process is gone with its machine: nothing of it is closed. */
  lose(): void {
    this.#shares = undefined;
    this.#placed = undefined;
    this.#database = undefined;
  }

  /** A folder in the world, made. */
  async path(...names: string[]): Promise<string> {
    const path = join(this.folder, ...names);
    await mkdir(path, { recursive: true });
    return path;
  }

  /** What a watcher would tell. */
  touch(...paths: string[]): void {
    for (const watcher of this.#watchers) watcher.onPaths(paths);
  }

  async entry(path: string): Promise<Entry | undefined> {
    const { entries } = await this.engine.resolve({ paths: [parsePath(path)], sums: true });
    return entries[0];
  }

  async file(path: string): Promise<FileEntry> {
    const entry = await this.entry(path);
    if (entry?.kind !== "file") throw new Error(`no file at ${path}`);
    return entry;
  }

  /** Names at and below a path, each with its size, directories with a slash. */
  async tree(path: string): Promise<string[]> {
    const { entries } = await this.engine.list({ where: { path: parsePath(path) } });
    const lines: string[] = [];
    for (const { name, entry } of entries) {
      const below = `${path}/${name}`;
      if (entry.kind === "dir") lines.push(`${below}/`, ...(await this.tree(below)));
      else lines.push(`${below} ${entry.size}`);
    }
    return lines;
  }

  /** Commits of more than the claim. */
  contentCommits(): CommitRequest[] {
    return this.commits.filter(({ changes }) => changes[0]?.op !== "claim");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.engine[Symbol.asyncDispose]();
    if (this.system === systemDisk) await rm(this.folder, { recursive: true, force: true });
  }

  async #watch(listener: WatchListener): Promise<AsyncDisposable> {
    this.#watchers.add(listener);
    return { [Symbol.asyncDispose]: async () => void this.#watchers.delete(listener) };
  }

  /** The index is reached, in this generation of it. */
  async connect(generation: number): Promise<void> {
    this.#connects.emit({ ...(await this.engine.drive()), generation });
  }

  #link(info: DriveInfo): IndexLink {
    return {
      peerId: TEST_PEER,
      service: this.#service(),
      feed: {
        follow: () => unsupported("feed"),
        revocations: () => unsupported("feed"),
      },
      info: () => info,
      connected: () => true,
      whenConnected: async () => info,
      reachable: async () => info,
      onConnect: (listener) => this.#connects.subscribe(listener),
    };
  }

  #service(): IndexService {
    const { engine } = this;
    const who = { peer: TEST_PEER, admin: false };
    const members = async (): Promise<never> => unsupported("members");
    return {
      drive: () => engine.drive(),
      resolve: (request) => engine.resolve(request),
      list: (request) => engine.list(request),
      pathOf: (request) => engine.pathOf(request),
      search: (request) => engine.search(request),
      digests: (request) => engine.digests(request),
      holders: async ({ runs }) => ({
        peers: [{ peer: TEST_PEER, addresses: [] }],
        runs: runs.map((run) => ({ ...run, holders: [0], copies: 0 })),
      }),
      allocate: ({ count }) => engine.allocate(TEST_PEER, count),
      renew: ({ leases }) => engine.renew(TEST_PEER, leases),
      stageDigests: (request) => engine.stageDigests(TEST_PEER, request),
      place: async () => unsupported("place"),
      policies: async () => unsupported("policies"),
      copies: async () => unsupported("copies"),
      commit: async (request, { signal } = {}) => {
        this.commits.push(request);
        await this.#prove(request);
        return this.onCommit(() => engine.commit(who, request), signal);
      },
      log: (request) => engine.log(request),
      peers: members,
      members,
      invite: members,
      revoke: members,
      renewPass: members,
    };
  }

  /** What the index asks of the holder: exactly these bytes for these ids. */
  async #prove(request: CommitRequest): Promise<void> {
    const { again, fresh } = await this.engine.inspect(TEST_PEER, request);
    if (again) return;
    for (const run of fresh) {
      for (let at = 0; at < run.count; at += DIGESTS_MAX) {
        const first = (run.first + at) as ChunkId;
        const runs = [{ first, count: Math.min(DIGESTS_MAX, run.count - at) }];
        const staged = Buffer.from(await this.engine.digests({ runs }));
        if (staged.equals(this.placed.digests(runs))) continue;
        throw new GoliathError("unverified", "not placed before the commit");
      }
    }
  }
}

export async function openShareWorld(init: ShareWorldInit = {}): Promise<ShareWorld> {
  const folder = await mkdtemp(join(tmpdir(), "goliath-share-"));
  const world = await createShareWorld({ ...init, folder });
  await world.start();
  return world;
}

/** An index, and a peer that is not started yet, its home in `folder`. */
export async function createShareWorld(
  init: ShareWorldInit & { folder: string },
): Promise<ShareWorld> {
  const clock = init.clock ?? systemClock;
  const engine = await openMemoryIndexEngine({ drive: DRIVE, clock, chunkBytes: TEST_CHUNK_BYTES });
  return new ShareWorld({ ...init, clock, engine });
}

function unsupported(what: string): never {
  throw new GoliathError("unsupported", `no ${what} in this world`);
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("the world is stopped");
  return value;
}
