/** Somebody at a machine, working in its folders by hand, with no regard for Goliath. */
import { constants } from "node:fs";
import { dirname, join } from "node:path";
import type { Disk, DiskFile } from "@goliath/kit";
import { CHUNK_BYTES } from "./index-machine.ts";
import type { OwnFiles } from "./own-files.ts";
import { filesBelow, readAll } from "./own-files.ts";
import type { Random } from "./random.ts";
import type { Trace } from "./trace.ts";

export interface UserInit {
  name: string;
  /** Another one after a power cut. */
  disk: () => Disk;
  own: OwnFiles;
  /** How often something is done to what is there already, beside what is drawn by chance. */
  again: number;
  /** How often a file is kept open and written to later, from 0 to 1. */
  keptOpen: number;
  random: Random;
  trace: Trace;
}

const NAMES = ["a", "b", "c", "d.txt", "e.tar.gz", "Ünï"];
const FOLDERS = ["x", "y", "z"];
const K = CHUNK_BYTES;
/** Files that one user keeps open at a time. */
const OPEN_MAX = 4;
/** Each with the code path it hits: empty, one chunk, the edges of one, inline digests, many. */
const SIZES = [0, 1, 100, K - 1, K, K + 1, 3 * K, 16 * K, 17 * K + 1, 40 * K];

export class User {
  readonly #init: UserInit;
  /** Paths that this user took away and has not put back. */
  readonly #removed = new Set<string>();
  /** Paths to which this user moved something. */
  readonly #arranged = new Set<string>();
  /** Folders that this user made. */
  readonly #made = new Set<string>();
  /** Files that some program of theirs has open, oldest first. */
  #open: { file: DiskFile; path: string }[] = [];
  #count = 0;

  constructor(init: UserInit) {
    this.#init = init;
  }

  get #disk(): Disk {
    return this.#init.disk();
  }

  /** Does one thing somewhere below a folder. */
  async act(folder: string): Promise<void> {
    const { random, keptOpen } = this.#init;
    const path = await this.somewhere(folder);
    if (keptOpen > 0 && random.chance(keptOpen)) return this.#useOpen(path);
    switch (random.int(10)) {
      case 0:
        return this.remove(path);
      case 1:
        return this.rename(path, await this.somewhere(folder));
      case 2:
        return this.makeFolder(path);
      case 3:
      case 4:
        return this.edit(path);
      case 5:
        return this.copy(path, await this.somewhere(folder));
      default:
        return this.save(path);
    }
  }

  /** The power is gone, and with it every program. */
  letGo(): void {
    this.#open = [];
  }

  async #useOpen(path: string): Promise<void> {
    const isFull = this.#open.length >= OPEN_MAX;
    if (isFull || (this.#open.length > 0 && this.#init.random.chance(0.5)))
      return this.#writeLate();
    await this.#do("opens", path, async () => {
      this.#open.push({ file: await this.#disk.open(path, constants.O_RDWR), path });
    });
  }

  /** Writes through a handle that was opened before, wherever the file is by now. */
  async #writeLate(): Promise<void> {
    const held = this.#open.shift();
    if (!held) return;
    const { random, own, name } = this.#init;
    await this.#do("writes late to", held.path, async () => {
      await using file = held.file;
      const { nlink, size } = await file.stat({ bigint: true });
      // Nothing leads to it any more: it was deleted while it was what Goliath had written.
      if (nlink === 0n) return;
      const before = Buffer.alloc(Number(size));
      await file.read(before, 0, before.length, 0);
      const mark = random.bytes(8);
      await file.write(mark, 0, mark.length, before.length);
      await file.sync();
      own.tookAway(before);
      own.wrote(Buffer.concat([before, mark]), `${name} wrote late to ${held.path}`);
    });
  }

  hasRemoved(path: string): boolean {
    return this.#removed.has(path);
  }

  hasArranged(path: string): boolean {
    return [...this.#arranged].some((to) => path === to || path.startsWith(`${to}/`));
  }

  hasMade(folder: string): boolean {
    return this.#made.has(folder);
  }

  /** A path below a folder, taken or not. */
  async somewhere(folder: string): Promise<string> {
    const { random } = this.#init;
    const disk = this.#disk;
    if (random.chance(Math.max(0.4, this.#init.again))) {
      const there = await namesBelow(disk, folder);
      if (there.length > 0) return random.pick(there);
    }
    const depth = random.int(3);
    const folders = Array.from({ length: depth }, () => random.pick(FOLDERS));
    return join(folder, ...folders, random.pick(NAMES));
  }

  /** New bytes, like no others. */
  content(): Buffer {
    const { random } = this.#init;
    const bytes = Buffer.alloc(random.pick(SIZES), `${this.#init.name} ${this.#count++} `);
    random.bytes(Math.min(12, bytes.length)).copy(bytes);
    return bytes;
  }

  /** Writes a new file or a new version: in place, or beside it and over it as editors do. */
  async save(path: string, bytes: Buffer = this.content()): Promise<void> {
    const { random, own } = this.#init;
    const disk = this.#disk;
    const isSafe = random.chance(0.5);
    await this.#do(isSafe ? "saves" : "writes", path, async () => {
      await this.#makeFolders(dirname(path));
      const before = await this.#ownAt(path);
      const at = isSafe ? join(dirname(path), ".save.tmp") : path;
      await this.#write(at, bytes);
      if (isSafe) await disk.rename(at, path).catch((error: unknown) => this.#giveUp(at, error));
      await this.#sync(dirname(path));
      if (before) own.tookAway(before);
      own.wrote(bytes, `${this.#init.name} wrote ${path}`);
      this.#removed.delete(path);
    });
  }

  /** Changes a few bytes of a file where it stands, or adds some. */
  async edit(path: string): Promise<void> {
    const { random, own } = this.#init;
    const disk = this.#disk;
    await this.#do("edits", path, async () => {
      const before = await this.#ownAt(path);
      if (!before) return;
      const mark = random.bytes(8);
      const at = random.chance(0.5) ? before.length : random.int(before.length + 1);
      const after = Buffer.alloc(Math.max(before.length, at + mark.length));
      before.copy(after);
      mark.copy(after, at);
      await using file = await disk.open(path, constants.O_RDWR);
      await file.write(mark, 0, mark.length, at);
      await file.sync();
      await this.#sync(dirname(path));
      own.tookAway(before);
      own.wrote(after, `${this.#init.name} edited ${path}`);
    });
  }

  async copy(from: string, to: string): Promise<void> {
    const bytes = await readAll(this.#disk, from).catch(() => undefined);
    if (bytes && from !== to) await this.save(to, bytes);
  }

  async remove(path: string): Promise<void> {
    const { own } = this.#init;
    const disk = this.#disk;
    await this.#do("removes", path, async () => {
      const before = await this.#ownAt(path);
      if (before) await disk.unlink(path);
      else await disk.rmdir(path);
      this.#removed.add(path);
      await this.#sync(dirname(path));
      if (before) own.tookAway(before);
    });
  }

  /** Files and folders, over a file that is there too. */
  async rename(from: string, to: string): Promise<void> {
    const { own } = this.#init;
    const disk = this.#disk;
    await this.#do(`renames to ${to}`, from, async () => {
      await this.#makeFolders(dirname(to));
      const over = from === to ? undefined : await this.#ownAt(to);
      const moved = await this.#ownAt(from);
      await disk.rename(from, to);
      if (moved) own.moved(moved);
      else for (const { bytes } of await filesBelow(disk, to)) own.moved(bytes);
      await this.#sync(dirname(from));
      await this.#sync(dirname(to));
      if (over && moved) own.tookAway(over);
      this.#arranged.add(to);
    });
  }

  async makeFolder(path: string): Promise<void> {
    await this.#do("makes", path, async () => {
      await this.#makeFolders(path);
      await this.#sync(dirname(path));
    });
  }

  async #makeFolders(path: string): Promise<void> {
    const first = await this.#disk.mkdir(path, { recursive: true });
    if (first === undefined) return;
    for (let made = path; made.length >= first.length; made = dirname(made)) this.#made.add(made);
  }

  /** What the system refuses is nothing to a user: they do something else. */
  async #do(what: string, path: string, act: () => Promise<void>): Promise<void> {
    const { trace, name } = this.#init;
    try {
      await act();
      trace.note(`${name}'s`, `user ${what} ${path}`);
    } catch (error) {
      trace.note(`${name}'s`, `user cannot: ${what} ${path}: ${(error as Error).message}`);
    }
  }

  async #write(path: string, bytes: Buffer): Promise<void> {
    const disk = this.#disk;
    await using file = await disk.open(path, "w");
    await file.writeFile(bytes);
    await file.sync();
  }

  async #giveUp(beside: string, error: unknown): Promise<never> {
    await this.#disk.unlink(beside);
    await this.#sync(dirname(beside));
    throw error;
  }

  /** The names up to the top: what a user did is on the disk. */
  async #sync(folder: string): Promise<void> {
    await using directory = await this.#disk.open(folder, "r");
    await directory.sync();
    if (folder !== "/") await this.#sync(dirname(folder));
  }

  /** The bytes of a file that is there. */
  async #ownAt(path: string): Promise<Buffer | undefined> {
    const stats = await this.#disk.lstat(path, { bigint: true }).catch(() => undefined);
    return stats?.isFile() ? readAll(this.#disk, path) : undefined;
  }
}

async function namesBelow(disk: Disk, folder: string): Promise<string[]> {
  const found: string[] = [];
  const names = await disk.readdir(folder).catch(() => []);
  for (const name of names.toSorted()) {
    if (name === ".goliath" || name === ".save.tmp") continue;
    const path = join(folder, name);
    found.push(path);
    const stats = await disk.lstat(path, { bigint: true });
    if (stats.isDirectory()) found.push(...(await namesBelow(disk, path)));
  }
  return found;
}
