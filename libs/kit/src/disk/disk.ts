/**
 * The disk, passed in: nothing else in a library reads or writes files. Names and shapes are those
 * of `node:fs/promises`, and so are the errors (`code` is the system's), so that the system's own
 * functions are the implementation and a simulated disk can stand in their place.
 */
import type { Database } from "better-sqlite3";
import type { Step, StepsDone } from "./steps.ts";

/** What is looked at of a file; sizes, numbers and times are whole. */
export interface DiskStats {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly mode: bigint;
  readonly nlink: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** 0 where the file system does not know. */
  readonly birthtimeNs: bigint;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** Asks the system for whole numbers: inode numbers and nanoseconds do not fit another. */
export interface StatOptions {
  bigint: true;
}

/** An open file. It stays readable when its name is gone. */
export interface DiskFile extends AsyncDisposable {
  /** Fewer bytes than asked for near the end, none at it. */
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>;
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }>;
  writev(buffers: Uint8Array[], position: number): Promise<{ bytesWritten: number }>;
  /** Writes all of it from where the file's last `writeFile` ended. */
  writeFile(bytes: Uint8Array | string): Promise<void>;
  stat(options: StatOptions): Promise<DiskStats>;
  truncate(bytes: number): Promise<void>;
  /** Seconds since 1970. */
  utimes(atime: number, mtime: number): Promise<void>;
  chmod(mode: number): Promise<void>;
  /** Puts the file's bytes and facts on the disk: before it, a power cut may take them. */
  sync(): Promise<void>;
  /** The same but for facts that reading does not need, such as times. */
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** A directory being read. */
export interface DiskDirectory extends AsyncDisposable {
  read(): Promise<{ name: string } | null>;
}

/** The space of a disk. */
export interface DiskSpace {
  blocks: number;
  /** Free for whoever is not root. */
  bavail: number;
  /** Bytes a block. */
  bsize: number;
}

export interface Disk {
  /** `flags` as text, or of `constants` of `node:fs`. A directory can be opened to sync it. */
  open(path: string, flags: string | number, mode?: number): Promise<DiskFile>;
  /** Of the link itself, where it is one. */
  lstat(path: string, options: StatOptions): Promise<DiskStats>;
  stat(path: string, options: StatOptions): Promise<DiskStats>;
  link(existing: string, path: string): Promise<void>;
  unlink(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Gives the first directory that was made, where `recursive`. */
  mkdir(
    path: string,
    options?: { recursive?: boolean; mode?: number },
  ): Promise<string | undefined>;
  /** Names in no order. */
  readdir(path: string): Promise<string[]>;
  readdir(path: string, options: { encoding: "buffer" }): Promise<Buffer[]>;
  opendir(path: string): Promise<DiskDirectory>;
  rm(path: string, options?: { recursive?: boolean; force?: boolean }): Promise<void>;
  rmdir(path: string): Promise<void>;
  utimes(path: string, atime: number, mtime: number): Promise<void>;
  chmod(path: string, mode: number): Promise<void>;
  /** The space of the disk in blocks, in all and free for us, and bytes a block. */
  statfs(path: string): Promise<DiskSpace>;
  readFile(path: string, encoding: "utf8"): Promise<string>;
  realpath(path: string): Promise<string>;
  /** Does steps in one go, where the disk can: see `runSteps`. */
  steps?(steps: readonly Step[]): Promise<StepsDone>;
  /**
   * Puts all that was written to the file systems of these paths on the disk, where the disk can.
   * False: it cannot, or something was not taken, and files are to be synced one by one.
   */
  syncFileSystems?(paths: readonly string[]): Promise<boolean>;
  /**
   * Opens or makes the SQLite file. Synchronous, as all that is done with it. A statement waits so
   * many milliseconds for another connection's lock before it throws `SQLITE_BUSY`.
   */
  database(file: string, options: { timeoutMs: number }): Database;
}
