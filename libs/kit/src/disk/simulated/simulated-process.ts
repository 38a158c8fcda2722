/**
 * The simulated disk as one process has it. When the process is killed or the power is cut, its
 * calls never settle any more, as nothing of it runs on; its databases take no change any more.
 */
import { constants } from "node:fs";
import type { Database } from "better-sqlite3";
import DatabaseConstructor from "better-sqlite3";
import type { Disk, DiskDirectory, DiskFile, DiskSpace, DiskStats, StatOptions } from "../disk.ts";
import type { WatchFolder, WatchListener } from "../watch-folder.ts";
import { diskError } from "./disk-error.ts";
import { BLOCK_BYTES } from "./file-content.ts";
import type { FileTree, Place } from "./file-tree.ts";
import type { FileInode, Inode } from "./inode.ts";
import { parseFlags } from "./open-flags.ts";
import { SimulatedDatabase } from "./simulated-database.ts";
import { SimulatedFile } from "./simulated-file.ts";
import { statsOf } from "./simulated-stats.ts";

const MODE_FILE = 0o666;
const MODE_DIRECTORY = 0o777;

export interface SimulatedProcessInit {
  tree: FileTree;
  /** Before each call: counts it and lets the test act. Async only where the call is. */
  enter: (call: string, path: string) => void | Promise<void>;
  onChange: (path: string) => void;
}

export class SimulatedProcess implements Disk {
  readonly #init: SimulatedProcessInit;
  readonly #databases = new Map<FileInode, SimulatedDatabase>();
  readonly #watches = new Set<{ folder: string; listener: WatchListener }>();
  #dead = false;

  constructor(init: SimulatedProcessInit) {
    this.#init = init;
  }

  open(path: string, flags: string | number, mode = MODE_FILE): Promise<DiskFile> {
    return this.#run("open", path, () => {
      const how = parseFlags(flags);
      const inode = this.#opened(path, { flags: how, mode });
      const { tree, onChange } = this.#init;
      const run = this.#run.bind(this);
      return new SimulatedFile({ tree, inode, path, flags: how, run, onChange });
    });
  }

  lstat(path: string, _options: StatOptions): Promise<DiskStats> {
    return this.#on("lstat", path, (tree, at) => statsOf(tree.find(at, { follow: false })));
  }

  stat(path: string, _options: StatOptions): Promise<DiskStats> {
    return this.#on("stat", path, (tree, at) => statsOf(tree.find(at, { follow: true })));
  }

  link(existing: string, path: string): Promise<void> {
    return this.#on("link", existing, (tree, at) => tree.link(at, path));
  }

  unlink(path: string): Promise<void> {
    return this.#on("unlink", path, (tree, at) => tree.unlink(at));
  }

  rename(from: string, to: string): Promise<void> {
    return this.#on("rename", from, (tree, at) => tree.rename(at, to));
  }

  mkdir(
    path: string,
    { recursive = false, mode = MODE_DIRECTORY }: { recursive?: boolean; mode?: number } = {},
  ): Promise<string | undefined> {
    return this.#on("mkdir", path, (tree, at) => {
      let first: string | undefined;
      if (!recursive) {
        tree.makeDirectory(at, mode);
        return undefined;
      }
      const names = path.split("/").filter(Boolean);
      for (let depth = 1; depth <= names.length; depth++) {
        const above = { call: "mkdir", path: `/${names.slice(0, depth).join("/")}` };
        const { inode } = tree.place(above, { follow: true });
        if (!inode) {
          tree.makeDirectory(above, mode);
          first ??= above.path;
        } else if (inode.kind !== "directory") {
          throw diskError(depth === names.length ? "EEXIST" : "ENOTDIR", at);
        }
      }
      return first;
    });
  }

  readdir(path: string): Promise<string[]>;
  readdir(path: string, options: { encoding: "buffer" }): Promise<Buffer[]>;
  readdir(path: string, options?: { encoding: "buffer" }): Promise<string[] | Buffer[]> {
    return this.#on("scandir", path, (tree, at) => {
      const names = [...tree.directory(at).entries.keys()];
      return options ? names.map((name) => Buffer.from(name)) : names;
    });
  }

  opendir(path: string): Promise<DiskDirectory> {
    return this.#on("opendir", path, (tree, at) => {
      const names = [...tree.directory(at).entries.keys()];
      return {
        read: () =>
          this.#run("scandir", path, () => {
            const name = names.shift();
            return name === undefined ? null : { name };
          }),
        [Symbol.asyncDispose]: async () => undefined,
      };
    });
  }

  rm(
    path: string,
    { recursive = false, force = false }: { recursive?: boolean; force?: boolean } = {},
  ): Promise<void> {
    return this.#on("rm", path, (tree, at) => {
      const { inode } = tree.place(at, { follow: false });
      if (!inode && force) return;
      if (inode?.kind === "directory" && !recursive) throw diskError("EISDIR", at);
      tree.removeAll(at);
    });
  }

  rmdir(path: string): Promise<void> {
    return this.#on("rmdir", path, (tree, at) => tree.removeDirectory(at));
  }

  utimes(path: string, _atime: number, mtime: number): Promise<void> {
    return this.#on("utime", path, (tree, at) => {
      tree.setTime(tree.find(at, { follow: true }), mtime);
      this.#init.onChange(path);
    });
  }

  chmod(path: string, mode: number): Promise<void> {
    return this.#on("chmod", path, (tree, at) => {
      tree.setMode(tree.find(at, { follow: true }), mode);
      this.#init.onChange(path);
    });
  }

  statfs(path: string): Promise<DiskSpace> {
    return this.#on("statfs", path, (tree, at) => {
      tree.find(at, { follow: true });
      // As good as endless, in whole numbers.
      const bavail = Math.min(tree.freeBlocks, 2 ** 40);
      return { blocks: tree.usedBlocks + bavail, bavail, bsize: BLOCK_BYTES };
    });
  }

  async readFile(path: string, _encoding: "utf8"): Promise<string> {
    await using file = await this.open(path, "r");
    const { size } = await file.stat({ bigint: true });
    const bytes = Buffer.alloc(Number(size));
    await file.read(bytes, 0, bytes.length, 0);
    return bytes.toString("utf8");
  }

  realpath(path: string): Promise<string> {
    return this.#on("realpath", path, (tree, at) => tree.realPath(at));
  }

  database(path: string, _options?: { timeoutMs: number }): Database {
    const { tree } = this.#init;
    this.#enterNow("database", path);
    const at = { call: "open", path };
    const place = tree.place(at, { follow: true });
    const inode = place.inode ?? tree.makeFile(at, { place, mode: 0o644 });
    if (inode.kind !== "file") throw sqliteError("unable to open database file", "SQLITE_CANTOPEN");
    if (inode.database) throw sqliteError("database is locked", "SQLITE_BUSY");
    // SQLite syncs the directory when it makes a file.
    tree.journal.sync(place.parent);
    return this.#openDatabase(inode, path).connection;
  }

  /** Tells of changes, whoever makes them. */
  readonly watch: WatchFolder = async (folder, listener) => {
    await this.#on("watch", folder, (tree, at) => tree.directory(at));
    const watch = { folder: `${folder}/`, listener };
    this.#watches.add(watch);
    return { [Symbol.asyncDispose]: async () => void this.#watches.delete(watch) };
  };

  /** Something changed at a path; watchers hear of it later, as the system's do. */
  tell(path: string): void {
    for (const { folder, listener } of this.#watches) {
      if (!path.startsWith(folder)) continue;
      queueMicrotask(() => this.#dead || listener.onPaths([path]));
    }
  }

  /** The system has lost events. */
  loseEvents(): void {
    const watches = [...this.#watches];
    this.#watches.clear();
    for (const { listener } of watches) listener.onError(new Error("events were dropped"));
  }

  /** Ends the process as kill -9 does: what it wrote stays. */
  kill(): void {
    this.end("nothing");
  }

  /** The same, for a power cut too: `lost` draws how many unsynced transactions are. */
  end(lost: "nothing" | ((count: number) => number)): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#watches.clear();
    for (const [inode, database] of this.#databases) keepBytes(inode, database.end(lost));
    this.#databases.clear();
  }

  #openDatabase(inode: FileInode, path: string): SimulatedDatabase {
    const { tree } = this.#init;
    const bytes = new Uint8Array(inode.content.size);
    inode.content.read(bytes, 0);
    const database = new SimulatedDatabase({
      bytes,
      beforeCommit: () => {
        this.#enterNow("commit", path);
        if (tree.freeBlocks === 0) throw sqliteError("database or disk is full", "SQLITE_FULL");
      },
      onClose: (last) => {
        this.#databases.delete(inode);
        keepBytes(inode, last);
      },
    });
    inode.database = database;
    this.#databases.set(inode, database);
    return database;
  }

  #opened(path: string, { flags, mode }: { flags: number; mode: number }): Inode {
    const { tree } = this.#init;
    const at = { call: "open", path };
    const exclusive = (flags & constants.O_CREAT) !== 0 && (flags & constants.O_EXCL) !== 0;
    const follow = (flags & constants.O_NOFOLLOW) === 0 && !exclusive;
    const place = tree.place(at, { follow });
    const { inode } = place;
    if (!inode) return this.#made(place, { path, flags, mode });
    if (exclusive) throw diskError("EEXIST", at);
    if (inode.kind === "link") throw diskError("ELOOP", at);
    const writes = (flags & (constants.O_WRONLY | constants.O_RDWR | constants.O_CREAT)) !== 0;
    if (inode.kind === "directory" && writes) throw diskError("EISDIR", at);
    if (inode.kind === "file" && flags & constants.O_TRUNC && inode.content.size > 0) {
      inode.content.truncate(0);
      tree.written(inode);
      this.#init.onChange(path);
    }
    return inode;
  }

  #made(place: Place, { path, flags, mode }: { path: string; flags: number; mode: number }): Inode {
    const at = { call: "open", path };
    if ((flags & constants.O_CREAT) === 0) throw diskError("ENOENT", at);
    return this.#init.tree.makeFile(at, { place, mode });
  }

  #on<Result>(
    call: string,
    path: string,
    work: (tree: FileTree, at: { call: string; path: string }) => Result,
  ): Promise<Result> {
    return this.#run(call, path, () => work(this.#init.tree, { call, path }));
  }

  async #run<Result>(call: string, path: string, work: () => Result): Promise<Result> {
    if (this.#dead) return await forEver();
    try {
      await this.#init.enter(call, path);
    } catch (refusal) {
      if (!this.#dead) throw refusal;
    }
    if (this.#dead) return await forEver();
    return work();
  }

  /** For what is synchronous: a process that is gone gets an error instead of no answer. */
  #enterNow(call: string, path: string): void {
    if (!this.#dead) void this.#init.enter(call, path);
    if (this.#dead) throw sqliteError("the process is gone", "SQLITE_ABORT");
  }
}

function keepBytes(inode: FileInode, bytes: Uint8Array): void {
  inode.database = undefined;
  inode.content.replace(bytes);
}

function forEver(): Promise<never> {
  return new Promise(() => undefined);
}

function sqliteError(message: string, code: string): Error {
  return new DatabaseConstructor.SqliteError(message, code);
}
