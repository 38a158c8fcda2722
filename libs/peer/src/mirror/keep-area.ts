/**
 * The keep area: `.goliath/keep` inside a mirrored folder, so on the same disk. What stands in the
 * way of a mirror is moved here first, whatever it is, and only then looked at: between a look and
 * a move a user could save another file under the name, between a move and a look nobody can. What
 * turns out to be what we last wrote stays and goes on being served, oldest dropped first when the
 * budget is full. Anything else goes back to its user at once, under a name that is free.
 *
 * The name of a kept file says what it was when it came. So one that somebody writes to later (a
 * program may have it open still) is told from ours even after a crash, and given back to its user
 * instead of dropped.
 */
import { isSameContent, isSameStamp, stampOf } from "@goliath/chunks";
import type { FileStamp, PlacedFile } from "@goliath/chunks";
import type { Clock, Disk, DiskStats } from "@goliath/kit";
import { equalBytes, GoliathError, NAME_BYTES_MAX, rootOf } from "@goliath/protocols/nouns";
import { basename, dirname, join, relative } from "node:path";
import { conflictName, cutName } from "./conflict-name.ts";
import { knownByBytes } from "./known-by-bytes.ts";
import { codeOf, moveNew } from "./move-new.ts";
import { OWN_FOLDER } from "./own-name.ts";
import { statIfThere } from "./stat-if-there.ts";
import type { Places } from "./synced-places.ts";

/** Bytes kept per mirror before the oldest go. */
export const KEEP_BYTES_MAX = 1024 ** 3;
/** Files kept per mirror before the oldest go. */
export const KEEP_FILES_MAX = 20_000;
/** Conflict names tried for one file: each carries the second and a number. */
const NAMES_TRIED_MAX = 1_000;
/** Files that are looked at again: of more the oldest are when they are dropped, or after a start. */
const RECENT_MAX = 1_000;
/** Placed files looked through at a time. */
const PLACED_TOGETHER = 1_000;
/** `NUMBER.INODE.SIZE.MTIME.NAME`; zeros for what was not known to be ours when it came. */
const KEPT_NAME = /^(\d{12})\.(\d+)\.(\d+)\.(-?\d+)\.(.*)$/su;
const UNKNOWN: FileStamp = { inode: 0n, size: 0, mtimeNs: 0n, ctimeNs: 0n };

export interface KeepAreaInit {
  disk: Disk;
  /** Absolute path of the mirrored folder, links resolved. */
  local: string;
  placed: Places;
  chunkBytes: number;
  clock: Clock;
  signal: AbortSignal;
  /** Tells the user where a file of theirs went. */
  note: (path: string, text: string) => void;
  bytesMax?: number;
}

/** A file of ours that was moved out of the way. */
export interface Kept {
  /** Where it lies now. */
  path: string;
  /** As it was when it came; only what a rename leaves alone counts. */
  stamp: FileStamp;
  /** Where it lay before: only its last name is known after a restart. */
  from: string;
}

interface GiveBack {
  /** What a user's own file gets back: a name beside it, or its own while that is free. */
  back: "aside" | "same";
}

export interface ClearOptions extends GiveBack {
  /**
   * Root of what this mirror put under the name, null when nothing. That a file is known here does
   * not make it ours: it may have been shared from this folder once, or mirrored by another.
   */
  root: Uint8Array | null;
}

export class KeepArea {
  readonly #init: KeepAreaInit;
  readonly #folder: string;
  readonly #bytesMax: number;
  /** By path, oldest first; names sort by age. */
  readonly #kept = new Map<string, Kept>();
  #recent: Kept[] = [];
  /** Moved here when a fault of the disk came before it was known whose they are. */
  #undecided: (Kept & GiveBack)[] = [];
  #bytes = 0;
  #number = 0;

  constructor(init: KeepAreaInit) {
    this.#init = init;
    this.#folder = join(init.local, OWN_FOLDER, "keep");
    this.#bytesMax = init.bytesMax ?? KEEP_BYTES_MAX;
  }

  /** Makes the folder and takes stock of what an earlier run kept, or had no time to give back. */
  async open(): Promise<void> {
    const { disk, local } = this.#init;
    await disk.mkdir(this.#folder, { recursive: true });
    const names = (await disk.readdir(this.#folder)).toSorted();
    for (const name of names) this.#number = Math.max(this.#number, parseName(name).number);
    for (const name of names) {
      const { stamp, base } = parseName(name);
      const from = join(local, base);
      await this.#takeIn({ path: join(this.#folder, name), stamp, from, back: "aside" });
    }
    await this.#placeAll();
    await this.#trim();
  }

  async #takeIn({ back, ...kept }: Kept & GiveBack): Promise<void> {
    const { placed } = this.#init;
    if (!(await this.#stat(kept.path))) return;
    if (await this.#isUntouched(kept)) return this.#add(kept);
    const ours = placed.placed(kept.path);
    const found = ours && (await this.#recognised(kept, { ...ours, root: rootOf(ours.sums) }));
    if (!found) return this.#giveBack(kept.path, { was: kept.from, back });
    await placed.withdraw([kept.path]);
    await placed.place([{ ...ours, path: found.path, stamp: found.stamp }]);
    this.#add(found);
  }

  /** A crash came between moving these here and entering it: they are still said to lie elsewhere. */
  async #placeAll(): Promise<void> {
    const { placed, local } = this.#init;
    const unplaced = [...this.#kept.values()].filter(({ path }) => !placed.placed(path));
    if (unplaced.length === 0) return;
    const byInode = new Map(unplaced.map((kept) => [kept.stamp.inode, kept]));
    for (let after = ""; ;) {
      const page = placed.list(local, { after, limit: PLACED_TOGETHER });
      for (const { path, stamp } of page) {
        const kept = byInode.get(stamp.inode);
        if (kept && isSameContent(kept.stamp, stamp)) await placed.moved(path, kept.path);
      }
      const last = page.at(-1);
      if (!last) return;
      after = last.path;
    }
  }

  /**
   * Moves away what stands at `path`. Returns the file when it was ours; undefined when nothing was
   * there, or something of the user's, which has another name then.
   */
  async clear(path: string, { root, back }: ClearOptions): Promise<Kept | undefined> {
    const before = await this.#stat(path);
    if (!before) return undefined;
    const known = this.#init.placed.placed(path);
    const ours = known && root && equalBytes(rootOf(known.sums), root) ? known : undefined;
    const looksOurs =
      ours !== undefined && before.isFile() && isSameStamp(ours.stamp, stampOf(before));
    const stamp = looksOurs ? stampOf(before) : UNKNOWN;
    const moved = await this.#moveHere(path, stamp);
    if (!moved) return undefined;
    try {
      return await this.#decide(moved, { ours, looksOurs, root, back });
    } catch (error) {
      this.#undecided.push({ ...moved, back });
      throw error;
    }
  }

  async #decide(
    moved: Kept,
    {
      ours,
      looksOurs,
      root,
      back,
    }: ClearOptions & { ours: PlacedFile | undefined; looksOurs: boolean },
  ): Promise<Kept | undefined> {
    const kept = looksOurs && (await this.#isUntouched(moved)) ? moved : undefined;
    const found = kept ?? (root && (await this.#recognised(moved, { ...ours, root })));
    if (!found) {
      await this.#giveBack(moved.path, { was: moved.from, back });
      return undefined;
    }
    this.#add(found);
    this.#recent.push(found);
    await this.#init.placed.moved(moved.from, found.path);
    await this.#trim();
    return found;
  }

  /** Moves a kept file out again, to a name that must be free: `EEXIST` when it is not. */
  async giveOut(kept: Kept, to: string): Promise<void> {
    await moveNew(this.#init.disk, { from: kept.path, to });
    await this.#init.placed.moved(kept.path, to);
    this.#forget(kept);
  }

  /**
   * Gives back what came lately and was written to since, by a program that had it open, and what a
   * fault of the disk left undecided.
   */
  async checkRecent(): Promise<void> {
    await this.#settle();
    const recent = this.#recent.slice(-RECENT_MAX);
    this.#recent = [];
    for (const kept of recent) {
      if (!this.#kept.has(kept.path)) continue;
      try {
        if (!(await this.#isUntouched(kept))) await this.#drop(kept);
      } catch {
        this.#recent.push(kept);
      }
    }
  }

  /** As after a start. What still cannot be decided waits on, and holds up nothing else. */
  async #settle(): Promise<void> {
    const undecided = this.#undecided.slice(-RECENT_MAX);
    if (undecided.length === 0) return;
    this.#undecided = [];
    for (const kept of undecided) await this.#takeIn(kept).catch(() => this.#undecided.push(kept));
    await this.#placeAll();
  }

  /** A directory of the user's, or one that holds something of theirs, leaves our own folder. */
  async giveBackFolder(path: string, name: string): Promise<void> {
    await this.#giveBack(path, { was: join(this.#init.local, name), back: "aside" });
  }

  /** At the end of the mirror: drops all that is ours, gives back the rest. */
  async empty(): Promise<void> {
    for (const kept of [...this.#kept.values()]) await this.#drop(kept);
  }

  /** Undefined when it was gone by then. */
  async #moveHere(path: string, stamp: FileStamp): Promise<Kept | undefined> {
    const { disk } = this.#init;
    const to = this.#nextPath(path, stamp);
    try {
      await disk.rename(path, to);
    } catch (error) {
      if (codeOf(error) !== "ENOENT" || !(await this.#stat(path))) {
        if (codeOf(error) === "ENOENT") return undefined;
        throw error;
      }
      // Somebody removed our folder.
      await disk.mkdir(this.#folder, { recursive: true });
      await disk.rename(path, to);
    }
    return { path: to, stamp, from: path };
  }

  /**
   * By its bytes, where its stamp is another or not known: after a chmod or a hard link, on a disk
   * that numbers its files anew at each mount, or that was away when it was asked for; not when an
   * edit only set its time back.
   */
  async #recognised(
    moved: Kept,
    { stamp, extents, root }: Partial<PlacedFile> & { root: Uint8Array },
  ): Promise<Kept | undefined> {
    const { disk, chunkBytes, signal } = this.#init;
    const stats = await this.#stat(moved.path);
    if (!stats?.isFile() || (stamp && stamp.size !== Number(stats.size))) return undefined;
    const file = { disk, path: moved.path, chunkBytes, signal, ...(extents && { extents }) };
    const hashed = await knownByBytes({ ...file, root });
    if (!hashed) return undefined;
    const path = this.#nextPath(moved.from, hashed.stamp);
    await disk.rename(moved.path, path);
    return { path, stamp: hashed.stamp, from: moved.from };
  }

  async #giveBack(path: string, { was, back }: { was: string } & GiveBack): Promise<void> {
    const { disk, clock, note, local } = this.#init;
    const first = back === "same" ? -1 : 0;
    for (let attempt = first; attempt < NAMES_TRIED_MAX; attempt++) {
      const name = basename(was);
      const nowMs = clock.nowMs();
      const free = attempt < 0 ? name : conflictName(name, { nowMs, attempt });
      const to = join(await this.#folderFor(was), free);
      try {
        await moveNew(disk, { from: path, to });
      } catch (error) {
        if (codeOf(error) === "EEXIST") continue;
        note(
          was,
          `your own file stood here: it is in ${path} (${GoliathError.from(error).message})`,
        );
        throw error;
      }
      await this.#follow({ was, to });
      if (to !== was) note(was, `your own file stood here: it is now ${relative(local, to)}`);
      return;
    }
    throw new GoliathError("exists", `no name is free beside ${was}: what stood there is ${path}`);
  }

  /** The folder it lay in, unless that is gone or behind a link by now: then the mirror's own. */
  async #folderFor(was: string): Promise<string> {
    const { disk, local } = this.#init;
    const folder = dirname(was);
    const real = await disk.realpath(folder).catch(() => undefined);
    return real === folder ? folder : local;
  }

  /**
   * What we wrote is not there any more; what we wrote below a directory went with it, and so does
   * what is known of a user's file that nobody wrote to: it is served as before.
   */
  async #follow({ was, to }: { was: string; to: string }): Promise<void> {
    const { placed } = this.#init;
    const stats = await this.#stat(to);
    const known = placed.placed(was);
    if (stats?.isDirectory()) await placed.moved(was, to);
    else if (stats && known && isSameContent(known.stamp, stampOf(stats)))
      await placed.moved(was, to);
    else if (known) await placed.withdraw([was]);
  }

  async #trim(): Promise<void> {
    while (this.#bytes > this.#bytesMax || this.#kept.size > KEEP_FILES_MAX) {
      const [oldest] = this.#kept.values();
      if (!oldest) return;
      await this.#drop(oldest);
    }
  }

  async #drop(kept: Kept): Promise<void> {
    const { placed, disk } = this.#init;
    this.#forget(kept);
    try {
      await placed.withdraw([kept.path]);
      if (!(await this.#stat(kept.path))) return;
      if (await this.#isUntouched(kept)) await disk.unlink(kept.path);
      else await this.#giveBack(kept.path, { was: kept.from, back: "aside" });
    } catch (error) {
      this.#undecided.push({ ...kept, back: "aside" });
      throw error;
    }
  }

  async #isUntouched({ path, stamp }: Kept): Promise<boolean> {
    const stats = await this.#stat(path);
    return stats?.isFile() === true && isSameContent(stamp, stampOf(stats));
  }

  #stat(path: string): Promise<DiskStats | undefined> {
    return statIfThere(this.#init.disk, path);
  }

  #nextPath(path: string, { inode, size, mtimeNs }: FileStamp): string {
    const number = String(++this.#number).padStart(12, "0");
    const mark = `${number}.${inode}.${size}.${mtimeNs}.`;
    return join(this.#folder, mark + cutName(basename(path), NAME_BYTES_MAX - mark.length));
  }

  #add(kept: Kept): void {
    this.#forget(kept);
    this.#kept.set(kept.path, kept);
    this.#bytes += kept.stamp.size;
  }

  #forget(kept: Kept): void {
    const known = this.#kept.get(kept.path);
    if (this.#kept.delete(kept.path)) this.#bytes -= known?.stamp.size ?? 0;
  }
}

function parseName(name: string): { number: number; stamp: FileStamp; base: string } {
  const [, number, inode, size, mtimeNs, base] = KEPT_NAME.exec(name) ?? [];
  if (number === undefined || !inode || !size || !mtimeNs || !base) {
    return { number: 0, stamp: UNKNOWN, base: name };
  }
  const stamp = { inode: BigInt(inode), size: Number(size), mtimeNs: BigInt(mtimeNs), ctimeNs: 0n };
  return { number: Number(number), stamp, base };
}
