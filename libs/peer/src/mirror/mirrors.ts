/** All mirrors of a peer: made, listed, resumed and ended. */
import { join, relative, resolve } from "node:path";
import { Listeners, makeDirectoryDurably, type SqliteDatabase } from "@goliath/kit";
import { GoliathError, parsePath, type DirId, type DrivePath } from "@goliath/protocols/nouns";
import { folderIdentity, Mirror, type MirrorInit, type MirrorState } from "./mirror.ts";
import { troubleOf } from "../disk-trouble.ts";
import { findOverlap, realPathOf } from "../share/folder-overlap.ts";
import { OWN_FOLDER } from "./own-name.ts";
import { removeOwnFolder } from "./own-folder.ts";
import { MIRROR_COLUMNS, type MirrorRow } from "./replica-tables.ts";
import { Replica } from "./replica.ts";
import { PausedFolders } from "../state/paused-folders.ts";

/** Mirrors of one peer. Each holds a subscription and, while busy, some open files. */
export const MIRRORS_MAX = 128;
/** Kept files withdrawn in one durable transaction. */
const WITHDRAWN_TOGETHER = 1000;
/** Progress is looked at this often, and at most for a twentieth of the time. */
const PROGRESS_MS = 500;
const PROGRESS_PAUSE_FACTOR = 20;

export interface MirrorsInit extends Omit<MirrorInit, "replica"> {
  database: SqliteDatabase;
  /** Folders that may not overlap a mirror: the peer's home and what it shares. */
  taken: () => string[];
}

export interface MirrorStatus {
  local: string;
  path: string;
  state: MirrorState;
  /** The newest revision that is whole on this disk; -1 when none is yet. */
  revision: number;
  files: number;
  bytes: number;
  missingFiles: number;
  missingBytes: number;
  problems: string[];
  /** Whether its user paused it: nothing is fetched, and nothing changed on the disk. */
  paused?: true;
}

export interface MirrorOptions {
  path: DrivePath;
  local: string;
  signal?: AbortSignal;
  onProgress?: (status: MirrorStatus) => void;
}

export class Mirrors implements AsyncDisposable {
  readonly #init: MirrorsInit;
  readonly #changed = new Listeners<void>();
  readonly #running = new Map<number, { mirror: Mirror; replica: Replica }>();
  readonly #paused: PausedFolders;

  constructor(init: MirrorsInit) {
    this.#init = init;
    this.#paused = new PausedFolders(init.database);
  }

  /** Goes on with what an earlier run mirrored. */
  start(): void {
    const rows = this.#init.database
      .prepare(`SELECT ${MIRROR_COLUMNS} FROM mirror`)
      .all() as MirrorRow[];
    for (const { id } of rows) {
      this.#run(id);
    }
  }

  /** Subscribes, or goes on with the subscription that is there; resolves when complete. */
  async mirror({ path, local, signal, onProgress }: MirrorOptions): Promise<MirrorStatus> {
    const folder = await this.#realPath(local);
    await this.nameAnew(signal);
    const id =
      this.#idOf({ path, local: folder }) ?? (await this.#create({ path, local: folder }, signal));
    // Whoever asks for it again wants it to go on.
    await this.setPaused(folder, false);
    const { mirror } = this.#run(id);
    const stop = new AbortController();
    if (onProgress) void this.#tell(id, { onProgress, signal: stop.signal });
    try {
      await mirror.whenComplete(signal);
    } finally {
      stop.abort();
    }
    return this.#status(id);
  }

  /**
   * Asks what the mirrored directories are called now: a mirror follows the directory itself, and
   * its feed does not tell of what happens above. The last name stays while the index is away.
   */
  async nameAnew(signal?: AbortSignal): Promise<void> {
    const { link } = this.#init;
    if (!link.connected()) return;
    const options = signal ? { signal } : {};
    const ask = async ({ replica }: { replica: Replica }): Promise<void> => {
      const dir = replica.row().dir as DirId;
      const path = await link.service.pathOf({ dir }, options).catch(() => undefined);
      if (path !== undefined) replica.setPath(path);
    };
    await Promise.all([...this.#running.values()].map(ask));
  }

  /** Says how far a mirror is until aborted; chunks arrive far more often than anybody looks. */
  async #tell(
    id: number,
    { onProgress, signal }: { onProgress: (status: MirrorStatus) => void; signal: AbortSignal },
  ): Promise<void> {
    const { clock } = this.#init;
    while (!signal.aborted && this.#running.has(id)) {
      const startMs = clock.monotonicMs();
      onProgress(this.#status(id));
      const tookMs = clock.monotonicMs() - startMs;
      const pauseMs = Math.max(PROGRESS_MS, tookMs * PROGRESS_PAUSE_FACTOR);
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
  }

  /** Ends a subscription by its folder or its path. What was mirrored stays, and stays served. */
  async unmirror(which: { path: DrivePath } | { local: string }): Promise<MirrorStatus> {
    const folder = "local" in which ? await this.#realPath(which.local) : undefined;
    const status = this.list().find(({ local, path }) =>
      "path" in which ? path === which.path : local === folder || local === resolve(which.local),
    );
    const id = status && this.#idOf(status);
    if (!status || id === undefined) {
      const where = "path" in which ? which.path : which.local;
      throw new GoliathError("not-found", `nothing is mirrored there: ${where}`);
    }
    const { database } = this.#init;
    await this.#running.get(id)?.mirror[Symbol.asyncDispose]();
    const given = await this.#cleanUp(id);
    this.#running.delete(id);
    this.#paused.set(status.local, false);
    database.transaction(() => {
      for (const table of ["mirror_file", "mirror_dir", "mirror_midway"]) {
        database.prepare(`DELETE FROM ${table} WHERE mirror = ?`).run(id);
      }
      database.prepare("DELETE FROM mirror WHERE id = ?").run(id);
    })();
    await this.#withdrawOwn(status.local);
    return { ...status, problems: [...status.problems, ...given] };
  }

  /**
   * Ends what is under way in a mirror, or goes on with it; false where nothing is mirrored there.
   * On disk when it resolves.
   */
  async setPaused(local: string, paused: boolean): Promise<boolean> {
    const found = [...this.#running].find(([, { replica }]) => replica.row().local === local);
    if (!found) return false;
    const [id, { mirror }] = found;
    if (this.#paused.has(local) === paused) return true;
    this.#paused.set(local, paused);
    await mirror[Symbol.asyncDispose]();
    // Another may have ended it meanwhile.
    if (this.#running.get(id)?.mirror !== mirror) return false;
    this.#running.delete(id);
    this.#run(id);
    this.#changed.emit();
    return true;
  }

  /** Resolves at the next change of any mirror's state or progress. */
  nextChange(signal?: AbortSignal): Promise<void> {
    return this.#changed.next(signal);
  }

  /** The folders mirrored into, for shares to keep out of. */
  locals(): string[] {
    return [...this.#running.values()].map(({ replica }) => replica.row().local);
  }

  /** What is mirrored where, without a count of what is there. */
  folders(): { local: string; path: DrivePath; state: MirrorState }[] {
    return [...this.#running.values()].map(({ replica, mirror }) => {
      const { local, path } = replica.row();
      return { local, path: parsePath(path), state: mirror.state };
    });
  }

  list(): MirrorStatus[] {
    return [...this.#running.keys()].map((id) => this.#status(id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      [...this.#running.values()].map(({ mirror }) => mirror[Symbol.asyncDispose]()),
    );
    this.#running.clear();
  }

  async #create(
    { path, local }: { path: DrivePath; local: string },
    signal?: AbortSignal,
  ): Promise<number> {
    const { link, database } = this.#init;
    if (this.#running.size >= MIRRORS_MAX) {
      throw new GoliathError("too-large", `a peer follows at most ${MIRRORS_MAX} mirrors`);
    }
    await this.#checkFree(local);
    const info = await link.reachable(signal);
    const { entries } = await link.service.resolve({ paths: [path] }, signal ? { signal } : {});
    const [entry] = entries;
    if (!entry) throw new GoliathError("not-found", "nothing is there", { about: { path } });
    if (entry.kind !== "dir") {
      throw new GoliathError(
        "not-a-directory",
        "only a directory can be mirrored: use get for a file",
        { about: { path } },
      );
    }
    const folder = await this.#makeFolder(local);
    const rootInode = await folderIdentity(this.#init.disk, folder);
    // Two requests for one folder may have come this far together.
    const other = this.#idOf({ path, local: folder });
    if (other !== undefined) return other;
    return database.transaction(() => {
      const { lastInsertRowid } = database
        .prepare(`INSERT INTO mirror (dir, path, local, generation, cursor, complete, root_inode)
          VALUES (@dir, @path, @local, @generation, -1, -1, @rootInode)`)
        .run({ dir: entry.dir, path, local: folder, generation: info.generation, rootInode });
      database
        .prepare(`INSERT INTO mirror_dir (mirror, dir, parent, name, disk_parent, disk_name, listed, dirty)
          VALUES (@mirror, @dir, 0, '', 0, '', 0, 0)`)
        .run({ mirror: lastInsertRowid, dir: entry.dir });
      return Number(lastInsertRowid);
    })();
  }

  /** Makes the folder; its path without links, which may lead into what is taken. */
  async #makeFolder(local: string): Promise<string> {
    const { disk } = this.#init;
    await this.#checkFree(local);
    const stats = await disk.stat(local, { bigint: true }).catch(() => undefined);
    if (stats && !stats.isDirectory()) {
      const text = `${local} is a file: name a folder to mirror into`;
      throw new GoliathError("not-a-directory", text, { about: { file: local } });
    }
    await makeDirectoryDurably(local, { disk }).catch((cause: unknown) => {
      const text = `${local} cannot be made: ${troubleOf(cause)}`;
      throw new GoliathError("forbidden", text, { cause, about: { file: local } });
    });
    const folder = await disk.realpath(local);
    await this.#checkFree(folder);
    return folder;
  }

  #realPath(local: string): Promise<string> {
    return realPathOf(resolve(local), (path) => this.#init.disk.realpath(path));
  }

  async #checkFree(local: string): Promise<void> {
    const { disk, taken } = this.#init;
    const others = [...taken(), ...this.locals()];
    const look = (path: string) => disk.stat(path, { bigint: true });
    const other = await findOverlap(local, { others, look });
    if (other === undefined) return;
    const text = `${local} and ${other} lie in each other: mirror elsewhere`;
    throw new GoliathError("exists", text, { about: { file: local } });
  }

  /**
   * Takes our own folder out of a mirror that ended, if that is still the folder standing there.
   * Returns what the user should know. What cannot be removed now stays: it is in nobody's way.
   */
  async #cleanUp(id: number): Promise<string[]> {
    const { disk, placed, clock, link, log } = this.#init;
    const replica = this.#running.get(id)?.replica;
    const chunkBytes = link.info()?.chunkBytes;
    if (!replica || chunkBytes === undefined) return [];
    const { local, rootInode } = replica.row();
    const given: string[] = [];
    const note = (path: string, text: string): void =>
      void given.push(`${relative(local, path)}: ${text}`);
    const { signal } = new AbortController();
    try {
      if ((await folderIdentity(disk, local)) !== rootInode) return [];
      await removeOwnFolder({ disk, local, placed, clock, chunkBytes, signal, note });
    } catch (error) {
      log.info("what is Goliath's own stays in a folder that was mirrored into", { local, error });
    }
    return given;
  }

  /** What was kept of older revisions goes with the subscription. */
  async #withdrawOwn(local: string): Promise<void> {
    const { placed } = this.#init;
    for (;;) {
      const kept = placed.list(join(local, OWN_FOLDER), { limit: WITHDRAWN_TOGETHER });
      if (kept.length === 0) return;
      await placed.withdraw(kept.map(({ path }) => path));
    }
  }

  /** Throws `exists` for a folder that mirrors another path. */
  #idOf({ path, local }: { path: string; local: string }): number | undefined {
    const select = this.#init.database.prepare("SELECT id, path FROM mirror WHERE local = ?");
    const row = select.get(local) as { id: number; path: string } | undefined;
    if (!row || row.path === path) return row?.id;
    throw new GoliathError(
      "exists",
      `${local} mirrors ${row.path} already: unmirror it first, or mirror elsewhere`,
      { about: { file: local } },
    );
  }

  #run(id: number): { mirror: Mirror; replica: Replica } {
    const running = this.#running.get(id);
    if (running) return running;
    const replica = new Replica(this.#init.database, id);
    const mirror = new Mirror({ ...this.#init, replica });
    this.#running.set(id, { mirror, replica });
    mirror.onChange(() => this.#changed.emit());
    if (!this.#paused.has(replica.row().local)) mirror.start();
    return { mirror, replica };
  }

  #status(id: number): MirrorStatus {
    const running = this.#running.get(id);
    if (!running) throw new GoliathError("not-found", "the mirror was ended");
    const { local, path, complete } = running.replica.row();
    const { state, problems } = running.mirror;
    const totals = running.replica.totals();
    const arrived = this.#init.partial.heldBytes(local);
    const missingBytes = Math.max(0, totals.missingBytes - arrived);
    const paused = this.#paused.has(local) ? { paused: true as const } : {};
    return { local, path, state, revision: complete, problems, ...totals, missingBytes, ...paused };
  }
}
