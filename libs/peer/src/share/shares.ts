/** The shares of a peer: begun, resumed after a restart, ended. */
import type { SqliteDatabase } from "@goliath/kit";
import {
  GoliathError,
  hasCode,
  isWithin,
  ROOT_PATH,
  type DrivePath,
} from "@goliath/protocols/nouns";
import { resolve } from "node:path";
import { EndedShares } from "./ended-shares.ts";
import { findOverlap, foldersOverlap, isInFolder, realPathOf } from "./folder-overlap.ts";
import { onlyHere, type OnlyHere } from "./only-here.ts";
import { PausedFolders } from "../state/paused-folders.ts";
import { ShareRecord, type ShareEffect, type ShareRow } from "./share-record.ts";
import { rootIdentity } from "./share-root.ts";
import type { ShareProgress, ShareStatus } from "./share-status.ts";
import { SharedFolder, type SharedFolderParts } from "./shared-folder.ts";

/** A full look at each share at least this often, unless told otherwise. */
const RESCAN_MS_DEFAULT = 60_000;
/** Shares of one peer: each has a watcher and a loop. */
const SHARES_MAX = 1_000;

type Optional = "rescanMs";

export interface SharesInit
  extends Omit<SharedFolderParts, Optional>, Partial<Pick<SharedFolderParts, Optional>> {
  /** With the tables of `createShareTables`. */
  database: SqliteDatabase;
  /** Folders that may not overlap a share: the peer's home and the targets of its mirrors. */
  taken: () => string[];
}

export interface ShareRequest {
  /** A folder on this disk. */
  local: string;
  path: DrivePath;
  /** Publish it and give the path back: later changes are not followed. */
  once?: boolean;
  /** A yes to what waits for one. */
  confirm?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: ShareProgress) => void;
}

export interface ShareResult extends ShareStatus {
  /** What was left out, and why. */
  warnings: string[];
}

export interface UnshareResult extends ShareStatus {
  /** What nobody else holds: lost to the drive when this peer stops or the files change. */
  onlyHere: OnlyHere;
}

export type { ShareProgress, ShareStatus } from "./share-status.ts";

export class Shares implements AsyncDisposable {
  readonly #init: SharesInit;
  readonly #parts: SharedFolderParts;
  readonly #ended: EndedShares;
  readonly #folders = new Map<number, SharedFolder>();
  readonly #paused: PausedFolders;
  readonly #closing = new AbortController();
  #resumed: Promise<void> = Promise.resolve();
  #unsubscribes: (() => void)[] = [];

  constructor(init: SharesInit) {
    this.#init = init;
    this.#parts = { rescanMs: RESCAN_MS_DEFAULT, ...init };
    this.#ended = new EndedShares(init.database);
    this.#paused = new PausedFolders(init.database);
  }

  /**
   * Goes on with the shares that are in the database, as soon as the index answers. They are
   * listed at once. Call it once.
   */
  start(): void {
    const { database, publisher, placed, link, log } = this.#init;
    publisher.commits.onKept(({ owner, effects }, reply) => {
      new ShareRecord(database, owner).apply(effects as ShareEffect[], reply?.revision);
    });
    const onConnect = link.onConnect(({ generation }) => {
      for (const folder of this.#folders.values()) folder.connected(generation);
      void this.#giveBackAgain(generation);
    });
    const onProblem = placed.onProblem((problem) => {
      const folder = [...this.#folders.values()].find(({ local }) =>
        isInFolder(problem.path, local),
      );
      if (problem.kind === "changed") folder?.touched(problem.path);
      else folder?.rotten(problem.path);
    });
    this.#unsubscribes = [onConnect, onProblem];
    // Before any share looks: what a commit from before did is in the rows only after its answer.
    this.#resumed = publisher.commits.resume(this.#closing.signal);
    for (const { id } of this.#rows()) this.#open(id);
    this.#resumed.then(
      () => this.#folders.forEach((folder) => this.#startFolder(folder)),
      (error: unknown) =>
        this.#closing.signal.aborted || log.error("shares did not start", { error }),
    );
  }

  /** Resolves when everything found at the start is in the drive. */
  async share(request: ShareRequest): Promise<ShareResult> {
    const { signal } = request;
    const local = await this.#folderAt(request.local);
    // Whoever asks for it again wants it to go on.
    await this.setPaused(local, false);
    const folder = this.#existing(local, request) ?? (await this.#create(local, request));
    if (request.confirm) folder.confirm();
    const forget = request.onProgress ? folder.onProgress(request.onProgress) : () => undefined;
    try {
      await untilAborted(folder.published, signal);
    } finally {
      forget();
    }
    const status = folder.status();
    if (request.once) await this.#end(folder, signal);
    return { ...status, warnings: status.problems };
  }

  /** Names in the drive and files on the disk stay as they are, and stay served. */
  async unshare(
    which: { path: DrivePath } | { local: string },
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<UnshareResult> {
    const folder = this.#find(await this.#resolved(which));
    const status = folder.status();
    await this.#end(folder, signal);
    const { placed, link } = this.#init;
    const options = { placed, link, ...(signal ? { signal } : {}) };
    return { ...status, onlyHere: await onlyHere(status.local, options) };
  }

  /** The user's yes: to a deletion that waits, or to another folder in place of the shared one. */
  confirm(which: { path: DrivePath } | { local: string }): void {
    this.#find(which).confirm();
  }

  list(): ShareStatus[] {
    return [...this.#folders.values()].map((folder) => {
      const paused = this.#paused.has(folder.local) ? { paused: true as const } : {};
      return { ...folder.status(), ...paused };
    });
  }

  /**
   * Follows a folder no longer, or again; false where none is shared there. What is published stays
   * so, and is served. On disk when it resolves.
   */
  async setPaused(local: string, paused: boolean): Promise<boolean> {
    const folder = [...this.#folders.values()].find((one) => one.local === local);
    if (!folder) return false;
    if (this.#paused.has(local) === paused) return true;
    this.#paused.set(local, paused);
    await folder[Symbol.asyncDispose]();
    const { id } = folder.record;
    // Another may have ended it meanwhile.
    if (this.#folders.get(id) !== folder) return false;
    const next = this.#open(id);
    if (!paused) next.start();
    return true;
  }

  /** The folders shared now, and where. */
  folders(): { local: string; path: DrivePath }[] {
    return [...this.#folders.values()].map(({ local, path }) => ({ local, path }));
  }

  /** The folders shared now, for mirrors to keep out of. */
  locals(): string[] {
    return [...this.#folders.values()].map(({ local }) => local);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new GoliathError("aborted", "the peer is closing"));
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    await this.#resumed.catch(() => undefined);
    const folders = [...this.#folders.values()];
    await Promise.all(folders.map((folder) => folder[Symbol.asyncDispose]()));
  }

  #rows(): ShareRow[] {
    return this.#init.database.prepare<[], ShareRow>("SELECT * FROM share ORDER BY id").all();
  }

  #open(id: number): SharedFolder {
    const folder = new SharedFolder(new ShareRecord(this.#init.database, id), this.#parts);
    this.#folders.set(id, folder);
    return folder;
  }

  #startFolder(folder: SharedFolder): void {
    const { once, published, local } = folder.record.row();
    if (this.#paused.has(local)) return;
    // One that was cut short at its end has nothing more to publish, and perhaps no claim.
    if (!once || !published) folder.start();
    if (!once) return;
    this.#endOnce(folder).catch((error: unknown) =>
      this.#init.log.debug("a share that was to end did not", { error }),
    );
  }

  /** A share with `once` that a restart cut short ends when it is done and the index is there. */
  async #endOnce(folder: SharedFolder): Promise<void> {
    const { signal } = this.#closing;
    await folder.published;
    await this.#init.link.whenConnected(signal);
    try {
      await this.#end(folder, signal);
    } catch (error) {
      const again = this.#folders.get(folder.record.id);
      if (signal.aborted || !again || GoliathError.from(error).retry !== "later") throw error;
      await this.#endOnce(again);
    }
  }

  #existing(local: string, { path, once = false }: ShareRequest): SharedFolder | undefined {
    const folder = [...this.#folders.values()].find((one) => one.local === local);
    if (!folder) return undefined;
    const same = folder.path === path && folder.status().once === once;
    if (same) return folder;
    throw new GoliathError(
      "exists",
      `${local} is shared already, at ${folder.path}: unshare it first`,
      { about: { file: local } },
    );
  }

  async #create(
    local: string,
    { path, once = false, signal }: ShareRequest,
  ): Promise<SharedFolder> {
    this.#checkFree(local, path);
    await this.#checkApart(local);
    const { link, publisher, database } = this.#init;
    const { generation } = await link.reachable(signal);
    const options = signal ? { signal } : {};
    const { entries } = await link.service.resolve({ paths: [path] }, options);
    this.#ended.remove(path);
    await publisher.commit({ changes: [{ op: "claim", path }] }, options);
    const stats = await this.#parts.disk.stat(local);
    if (!stats)
      throw new GoliathError("not-found", `${local} is not there`, { about: { file: local } });
    // Two requests for one folder may have come this far together.
    this.#checkFree(local, path);
    const { device, inode } = rootIdentity(stats);
    const insert = `INSERT INTO share (local, path, device, inode, once, reconcile, generation)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    const reconcile = entries[0] === undefined ? 0 : 1;
    const values = [local, path, device, inode, Number(once), reconcile, generation];
    const { lastInsertRowid } = database.prepare(insert).run(...values);
    const folder = this.#open(Number(lastInsertRowid));
    folder.start();
    return folder;
  }

  async #folderAt(local: string): Promise<string> {
    const absolute = resolve(local);
    const real = await this.#parts.disk.realPath(absolute).catch((cause: unknown) => {
      throw new GoliathError("not-found", `${absolute} is not there`, {
        cause,
        about: { file: absolute },
      });
    });
    if ((await this.#parts.disk.stat(real))?.isDirectory()) return real;
    const text = `${absolute} is not a folder: share its folder, or copy it in with goliath put`;
    throw new GoliathError("not-a-directory", text, { about: { file: absolute } });
  }

  #checkFree(local: string, path: DrivePath): void {
    if (path === ROOT_PATH) throw new GoliathError("bad-request", "a share needs a path below /");
    if (this.#folders.size >= SHARES_MAX) {
      throw new GoliathError("too-large", `more than ${SHARES_MAX} shares in one peer`);
    }
    for (const folder of this.#init.taken()) {
      if (foldersOverlap(folder, local)) throw overlapping(local, folder);
    }
    for (const other of this.#folders.values()) {
      if (foldersOverlap(other.local, local)) throw overlapping(local, other.local);
      if (!isWithin(other.path, path) && !isWithin(path, other.path)) continue;
      const text = `${other.local} is shared at ${other.path} already`;
      throw new GoliathError("exists", text, { about: { file: other.local } });
    }
  }

  /** A folder is known by its path without links. */
  async #resolved(which: { path: DrivePath } | { local: string }): Promise<typeof which> {
    if ("path" in which) return which;
    const local = resolve(which.local);
    return { local: await realPathOf(local, (path) => this.#parts.disk.realPath(path)) };
  }

  /** Also by what the folders are, not only by their paths. */
  async #checkApart(local: string): Promise<void> {
    const others = [...this.#init.taken(), ...this.locals()];
    const look = (path: string) => this.#parts.disk.stat(path);
    const other = await findOverlap(local, { others, look });
    if (other !== undefined) throw overlapping(local, other);
  }

  #find(which: { path: DrivePath } | { local: string }): SharedFolder {
    const folders = [...this.#folders.values()];
    const found =
      "path" in which
        ? folders.find(({ path }) => path === which.path)
        : folders.find(({ local }) => local === resolve(which.local));
    if (found) return found;
    const name = "path" in which ? which.path : which.local;
    throw new GoliathError("not-found", `${name} is not shared here`);
  }

  async #end(folder: SharedFolder, signal: AbortSignal | undefined): Promise<void> {
    await folder[Symbol.asyncDispose]();
    const { path, record } = folder;
    if (this.#folders.get(record.id) !== folder) return;
    const { once, generation } = record.row();
    // From the commit on there is no claim, whether we hear of it or not: a restart takes up the
    // end, and a share that goes on after all claims its path first.
    record.set({ once: 1, reconcile: 1 });
    try {
      await this.#giveBack(path, signal);
    } catch (error) {
      if (this.#closing.signal.aborted) throw error;
      // Still ours: it goes on as a share rather than as an orphaned claim.
      record.set({ once });
      this.#open(record.id).start();
      throw error;
    }
    this.#init.database.transaction(() => {
      this.#ended.add(path, generation);
      record.remove();
      this.#paused.set(folder.local, false);
    })();
    this.#folders.delete(record.id);
  }

  async #giveBack(path: DrivePath, signal: AbortSignal | undefined): Promise<void> {
    const { publisher } = this.#init;
    // A commit that was cut short must not come after the path was given back.
    await publisher.commits.resume(signal);
    const options = signal ? { signal } : {};
    const given = publisher.commit({ changes: [{ op: "unclaim", path }] }, options);
    await given.catch((error: unknown) => {
      // It is not ours, or not there: nothing is to be given back.
      if (!hasCode(error, "owned", "not-found", "not-a-directory")) throw error;
    });
  }

  /** What a restored index may still take for ours. Never rejects. */
  async #giveBackAgain(generation: number): Promise<void> {
    const { signal } = this.#closing;
    // One at a time: what is shared again meanwhile is not among them any more.
    for (;;) {
      const [path] = this.#ended.untold(generation);
      if (path === undefined) return;
      const given = this.#init.publisher.commit({ changes: [{ op: "unclaim", path }] }, { signal });
      try {
        await given;
      } catch (error) {
        // It is not ours, or not there: nothing is to be given back. Else the next connection does.
        if (GoliathError.from(error).retry !== "never") return;
      }
      if (signal.aborted) return;
      this.#ended.told(path, generation);
    }
  }
}

function overlapping(local: string, other: string): GoliathError {
  const text = `${local} and ${other} lie in each other: share them apart`;
  return new GoliathError("exists", text, { about: { file: local } });
}

/** The caller may give up; what it waited for goes on. */
async function untilAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(new GoliathError("aborted", "cancelled"));
  signal?.addEventListener("abort", abort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
