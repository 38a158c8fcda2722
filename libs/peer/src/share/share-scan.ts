/**
 * Compares a shared folder with its rows and publishes the difference. Everything is decided one
 * name at a time (`#look`), so that a full scan and an event of the watcher do the same; memory is
 * that of one directory's names at each level.
 *
 * What is gone is only marked: it may turn up elsewhere under its inode and is then a move. The
 * rows change with the commits, not with the scan, so a directory that moved is committed before
 * anything below it is looked at.
 */
import { isSameContent, mtimeMsOf, stampOf, type PlacedChunks } from "@goliath/chunks";
import type { DiskStats } from "@goliath/kit";
import {
  chunkCount,
  GoliathError,
  joinPath,
  nameProblem,
  type Change,
  type DrivePath,
} from "@goliath/protocols/nouns";
import { join } from "node:path";
import type { PublishItem } from "../publish/publish-item.ts";
import type { Publication } from "../publish/publication.ts";
import { troubleOf } from "../disk-trouble.ts";
import { entryStampOf, isSameEntry } from "./entry-stamp.ts";
import type { NameFilter } from "./name-filter.ts";
import type { Problems } from "./problems.ts";
import { decodeName, type ShareDisk } from "./share-disk.ts";
import type { EntryRow, EntryStamp, ShareEffect, ShareRecord } from "./share-record.ts";

/** Rows of a directory read in one go. */
const PAGE_NAMES = 500;
/** Names looked at in one go: the last is decided on a moment after it was looked at. */
const STATS_AT_ONCE = 64;

export interface ShareScanInit {
  local: string;
  path: DrivePath;
  record: ShareRecord;
  publication: Publication;
  placed: PlacedChunks;
  disk: ShareDisk;
  filter: NameFilter;
  problems: Problems;
  /** `st_dev` of the share's root. */
  device: bigint;
  /** The user has said that other disks than before are meant. */
  confirmed: boolean;
  /** Whether what lies unchanged is asked for chunks that have rotted. */
  askForRot: boolean;
  signal: AbortSignal;
  /** Milliseconds until a file has been quiet for long enough to be read; 0 when it has. */
  restlessMs: (stats: DiskStats) => number;
  /** The entry must be looked at again: after so long. */
  onLater: (names: string[], delayMs: number) => void;
  /** An entry was newly found to be gone. */
  onGone: () => void;
  /** A file is another than it was: what was wrong with it is over. */
  onChanged: (names: string[]) => void;
  /** An unchanged file has chunks that were found wrong and are served no more. */
  onRotten: (names: string[]) => void;
}

/** A directory on the disk; `entry` is its row, undefined for one that is new in this scan. */
export interface ScannedDir {
  names: string[];
  entry: number | undefined;
}

export class ShareScan {
  readonly #init: ShareScanInit;

  constructor(init: ShareScanInit) {
    this.#init = init;
  }

  /** Compares everything below a directory. */
  async walk(dir: ScannedDir): Promise<void> {
    const raw = await this.#names(dir);
    if (!raw) return;
    const names = this.#decode(dir, raw);
    let after = "";
    for (let at = 0; at < names.length; at += PAGE_NAMES) {
      const page = names.slice(at, at + PAGE_NAMES);
      const upTo = page.at(-1) ?? "";
      await this.#walkPage(dir, { page, rows: this.#rows(dir, { after, upTo }) });
      after = upTo;
    }
    for (const row of this.#rows(dir, { after }).values()) this.#gone(row.id);
  }

  async #walkPage(
    dir: ScannedDir,
    { page, rows }: { page: string[]; rows: Map<string, EntryRow> },
  ): Promise<void> {
    for (let at = 0; at < page.length; at += STATS_AT_ONCE) {
      const places = page.slice(at, at + STATS_AT_ONCE).map((name) => [...dir.names, name]);
      const seen = await this.#init.disk.stats(places.map((names) => this.#local(names)));
      for (const [i, names] of places.entries()) {
        this.#init.signal.throwIfAborted();
        const name = names.at(-1) ?? "";
        await this.#look({ names, row: rows.get(name), deep: true, seen: seen[i] });
        rows.delete(name);
      }
    }
    for (const row of rows.values()) this.#gone(row.id);
  }

  /** In the order of the bytes, as the rows are. */
  #decode(dir: ScannedDir, raw: Buffer[]): string[] {
    const names: string[] = [];
    for (const bytes of raw.toSorted(Buffer.compare)) {
      const name = decodeName(bytes);
      if (name !== undefined) names.push(name);
      else this.#warn([...dir.names, bytes.toString("latin1")], "its name is not UTF-8");
    }
    return names;
  }

  #rows(dir: ScannedDir, range: { after: string; upTo?: string }): Map<string, EntryRow> {
    if (dir.entry === undefined) return new Map();
    return new Map(this.#init.record.between(dir.entry, range).map((row) => [row.name, row]));
  }

  /** Compares single places, outer ones first: names from the root joined by `/`. */
  async lookAt(places: readonly string[]): Promise<void> {
    const walked = new Set<string>();
    const real = new Set<string>();
    for (const place of places) {
      this.#init.signal.throwIfAborted();
      const names = place.split("/");
      const { depth } = this.#init.record.findDir(names.slice(0, -1));
      const first = await this.#realPart(names.slice(0, depth + 1), real);
      const prefixes = first.map((_, i) => first.slice(0, i + 1).join("/"));
      if (prefixes.some((prefix) => walked.has(prefix))) continue;
      // Short of the whole place the rest is unknown: what is there is new, with all below it.
      const row = this.#rowOf(first);
      if (!row) walked.add(first.join("/"));
      await this.#look({ names: first, row, deep: !row });
    }
  }

  /**
   * The names up to the first that is no directory: through a link in place of one we would look at
   * what was never shared. `real` remembers which were seen to be directories.
   */
  async #realPart(names: string[], real: Set<string>): Promise<string[]> {
    for (let length = 1; length < names.length; length++) {
      const part = names.slice(0, length);
      if (real.has(part.join("/"))) continue;
      const stats = await this.#stat(part);
      if (stats === undefined || stats === "unknown" || !stats.isDirectory()) return part;
      real.add(part.join("/"));
    }
    return names;
  }

  #rowOf(names: string[]): EntryRow | undefined {
    const { record } = this.#init;
    const { id, depth } = record.findDir(names.slice(0, -1));
    return depth === names.length - 1 ? record.child(id, names.at(-1) ?? "") : undefined;
  }

  /** Compares one name; a directory that is new, or known and `deep`, with everything below it. */
  async #look({ names, row, deep, seen }: Look): Promise<void> {
    const stats = seen ? this.#known(names, seen) : await this.#stat(names);
    if (stats === "unknown") return;
    if (stats === undefined) return row ? this.#gone(row.id) : undefined;
    if (!row && !this.#isWanted(names, stats)) return;
    if ((row && row.dir !== stats.isDirectory()) || !(stats.isDirectory() || stats.isFile())) {
      return this.#replaced(names, row);
    }
    const found = { names, row, stats, stamp: entryStampOf(stats, this.#init.device) };
    if (stats.isFile()) await this.#file(found);
    else await this.#directory(found, deep);
  }

  /** The name now stands for another kind of thing: first what was there must have left the drive. */
  #replaced(names: string[], row: EntryRow | undefined): void {
    if (!row) return;
    this.#gone(row.id);
    this.#init.onLater(names, REPLACED_DELAY_MS);
  }

  async #directory(found: Found, deep: boolean): Promise<void> {
    const { publication, record } = this.#init;
    const { names, row, stamp } = found;
    if (row && !this.#init.confirmed && this.#isOtherDisk(found, row)) {
      const text = `${this.#local(names)} is another disk than before: is the right one missing?`;
      const yes = `if not: goliath share --confirm ${this.#init.path}`;
      return this.#init.problems.add(names.join("/"), `${text} Nothing was deleted; ${yes}`);
    }
    if (row) {
      const same = isSameEntry(row, stamp);
      if (!same) record.restamp(row.id, stamp);
      // Another directory under the same name: the watcher tells of the name only.
      if (deep || !same) await this.walk({ names, entry: row.id });
      return;
    }
    const moved = await this.#move(found);
    // What lies below is compared with rows that must hang from the new name by then.
    if (moved !== undefined) await publication.flush();
    else await publication.add(this.#made(names, stamp));
    await this.walk({ names, entry: moved });
  }

  /** A disk was mounted there, or taken away, or is not the one whose files were published. */
  #isOtherDisk({ names, stamp }: Found, row: EntryRow): boolean {
    if (!this.#init.record.hasChildren(row.id)) return false;
    if (row.mounted !== stamp.mounted) return true;
    const above = names.length > 1 ? this.#rowOf(names.slice(0, -1)) : undefined;
    return row.mounted && above?.mounted !== true && !isSameEntry(row, stamp);
  }

  #made(names: string[], stamp: EntryStamp): PublishItem {
    const effect: ShareEffect = { kind: "dir", names, stamp };
    const local = this.#local(names);
    return { change: { op: "mkdir", path: this.#path(names) }, effect, local };
  }

  async #file(found: Found): Promise<void> {
    const { names, row, stats, stamp } = found;
    if (row && isSameEntry(row, stamp)) return this.#askForRot(names, row);
    const waitMs = this.#init.restlessMs(stats);
    if (waitMs > 0) return this.#init.onLater(names, waitMs);
    if (row?.inode !== stamp.inode && (await this.#move(found)) !== undefined) return;
    this.#init.onChanged(names);
    await this.#init.publication.add({
      file: {
        local: this.#local(names),
        path: this.#path(names),
        size: stamp.size,
        before: row && { ...row, mtimeMs: mtimeMsOf(row) },
      },
      effect: ({ body, hashed }): ShareEffect => ({
        kind: "file",
        names,
        stamp: { ...stamp, ...hashed.stamp, executable: hashed.executable },
        extents: body.extents,
      }),
    });
  }

  /** What was found wrong is not held any more, also after a restart. */
  #askForRot(names: string[], { extents }: EntryRow): void {
    const { placed, askForRot, onRotten } = this.#init;
    if (!askForRot || extents.length === 0) return;
    const held = placed.held(extents).reduce((sum, { count }) => sum + count, 0);
    if (held < chunkCount(extents) && placed.placed(this.#local(names))) onRotten(names);
  }

  /** Finds where the entry was before and moves it; returns its row. */
  async #move(found: Found): Promise<number | undefined> {
    const { record, publication } = this.#init;
    for (const source of record.byInode(found.stamp.inode)) {
      const from = record.namesOf(source.id);
      if (!from || source.id === found.row?.id || !isSameThing(source, found)) continue;
      if (!(await this.#hasLeft(from, found.stats))) continue;
      if (!source.dir && !(await this.#movePlaced(from, found))) continue;
      if (source.dir) await this.#movePlacedBelow(from, found.names);
      const effect: ShareEffect = { kind: "move", from, to: found.names, stamp: found.stamp };
      const change: Change = { op: "move", path: this.#path(from), to: this.#path(found.names) };
      await publication.add({ change, effect, local: this.#local(found.names) });
      return source.id;
    }
    return undefined;
  }

  async #movePlacedBelow(from: string[], to: string[]): Promise<void> {
    const [source, target] = [this.#local(from), this.#local(to)];
    // After a crash it may have followed already: what is at the target must not be pushed out.
    if (this.#init.placed.list(source, { limit: 1 }).length > 0)
      await this.#init.placed.moved(source, target);
  }

  /** The registry of placed files follows the disk; the renamed file's ctime is a new one. */
  async #movePlaced(from: string[], { names, stats }: Found): Promise<boolean> {
    const { placed } = this.#init;
    const [source, target] = [this.#local(from), this.#local(names)];
    if (placed.placed(source)) await placed.moved(source, target);
    const file = placed.placed(target);
    const stamp = stampOf(stats);
    if (!file || !isSameContent(file.stamp, stamp)) return false;
    await placed.place([{ ...file, stamp }]);
    return true;
  }

  /** Whether what stood at `from` is what was found, and no longer there as well. */
  async #hasLeft(from: string[], found: DiskStats): Promise<boolean> {
    const there = await this.#stat(from);
    if (there === undefined) return true;
    if (there === "unknown") return false;
    if (there.isDirectory() !== found.isDirectory()) return true;
    // On a disk that folds case the old name still finds it; a second hard link stays.
    return there.ino === found.ino && (found.isDirectory() || found.nlink === 1n);
  }

  #gone(entry: number): void {
    if (this.#init.record.markGone(entry)) this.#init.onGone();
  }

  #isWanted(names: string[], stats: DiskStats): boolean {
    if (this.#init.filter.ignores(names, { dir: stats.isDirectory() })) return false;
    const problem = nameProblem(names.at(-1) ?? "") ?? this.#pathProblem(names);
    if (problem) this.#warn(names, problem);
    else if (stats.isSymbolicLink()) this.#warn(names, "it is a link");
    else if (!stats.isDirectory() && !stats.isFile()) this.#warn(names, "it is no file");
    else return true;
    return false;
  }

  #pathProblem(names: string[]): string | undefined {
    try {
      this.#path(names);
      return undefined;
    } catch (error) {
      return GoliathError.from(error).message;
    }
  }

  async #names(dir: ScannedDir): Promise<Buffer[] | undefined> {
    try {
      return await this.#init.disk.names(this.#local(dir.names));
    } catch (error) {
      this.#unknown(dir.names, error);
      return undefined;
    }
  }

  async #stat(names: string[]): Promise<DiskStats | undefined | "unknown"> {
    try {
      return await this.#init.disk.stat(this.#local(names));
    } catch (error) {
      this.#unknown(names, error);
      return "unknown";
    }
  }

  #known(
    names: string[],
    seen: PromiseSettledResult<DiskStats | undefined>,
  ): DiskStats | undefined | "unknown" {
    if (seen.status === "fulfilled") return seen.value;
    this.#unknown(names, seen.reason);
    return "unknown";
  }

  #unknown(names: string[], error: unknown): void {
    const reason = troubleOf(error);
    this.#init.problems.add(names.join("/"), `${this.#local(names)} cannot be read: ${reason}`);
  }

  #warn(names: string[], why: string): void {
    this.#init.problems.add(names.join("/"), `${this.#local(names)} is not shared: ${why}`);
  }

  #local(names: readonly string[]): string {
    return join(this.#init.local, ...names);
  }

  #path(names: readonly string[]): DrivePath {
    return joinPath(this.#init.path, ...names);
  }
}

/** A name whose old owner is being removed is looked at again after the removal. */
const REPLACED_DELAY_MS = 1_000;

interface Look {
  /** From the share's root. */
  names: string[];
  row: EntryRow | undefined;
  deep: boolean;
  /** What was there a moment ago; without it the disk is asked. */
  seen?: PromiseSettledResult<DiskStats | undefined> | undefined;
}

interface Found {
  names: string[];
  row: EntryRow | undefined;
  stats: DiskStats;
  stamp: EntryStamp;
}

function isSameThing(source: EntryRow, { stats, stamp }: Found): boolean {
  if (source.dir !== stats.isDirectory() || source.birthNs !== stamp.birthNs) return false;
  if (source.dir) return true;
  return (
    source.size === stamp.size &&
    source.mtimeNs === stamp.mtimeNs &&
    source.executable === stamp.executable
  );
}
