/** Removing from the drive what is gone from the disk, once that is certain. */
import type { Clock } from "@goliath/kit";
import { joinPath, type DrivePath } from "@goliath/protocols/nouns";
import { join } from "node:path";
import type { Publication } from "../publish/publication.ts";
import type { ShareDisk } from "./share-disk.ts";
import type { ShareEffect, ShareRecord } from "./share-record.ts";

/** So long after the last thing was found gone: a move shows its other half by then. */
const SETTLE_MS = 500;
/** While more and more is found gone, it is taken as one deletion for at most this long. */
const SETTLE_MS_MAX = 60_000;
/** Deletions within this time count together, so that a slow one is not waved through in parts. */
const WINDOW_MS = 60_000;

export interface GoneSettlerInit {
  local: string;
  path: DrivePath;
  record: ShareRecord;
  disk: ShareDisk;
  clock: Clock;
}

export class GoneSettler {
  readonly #init: GoneSettlerInit;
  #firstMs: number | undefined;
  #lastMs = 0;
  #removed = { files: 0, sinceMs: Number.NEGATIVE_INFINITY };
  #waiting: string | undefined;

  constructor(init: GoneSettlerInit) {
    this.#init = init;
  }

  /** What waits for a yes, in words. */
  get waiting(): string | undefined {
    return this.#waiting;
  }

  /** Something was newly found gone. */
  noted(): void {
    this.#lastMs = this.#init.clock.monotonicMs();
    this.#firstMs ??= this.#lastMs;
  }

  /** Milliseconds until there is something to settle. */
  waitMs(): number {
    if (this.#firstMs === undefined) return Number.POSITIVE_INFINITY;
    const due = Math.min(this.#lastMs + SETTLE_MS, this.#firstMs + SETTLE_MS_MAX);
    return Math.max(0, due - this.#init.clock.monotonicMs());
  }

  /**
   * Removes what is gone, if it is time to, unless a yes is needed and was not given. The caller
   * has checked the root just before.
   */
  async settle(publication: Publication, { confirmed }: { confirmed: boolean }): Promise<void> {
    const due = this.waitMs() === 0 || this.#waiting !== undefined || confirmed;
    if (!due) return;
    const { record } = this.#init;
    const { files: gone, missingDisk } = await this.#count();
    const before = this.#recentlyRemoved();
    const massive = isMassive(gone + before, record.row().files + before);
    const waits = !confirmed && (massive || missingDisk !== undefined);
    this.#waiting = waits ? this.#question(gone, missingDisk) : undefined;
    this.#firstMs = undefined;
    if (this.#waiting !== undefined) return;
    await this.#remove(publication);
    this.#removed = { files: before + gone, sinceMs: this.#windowStart() };
    if (confirmed) this.#removed.files = 0;
  }

  #question(gone: number, missingDisk: string | undefined): string {
    const { record, local, path } = this.#init;
    const { files } = record.row();
    const disk = missingDisk === undefined ? "" : ` (is the disk at ${missingDisk} missing?)`;
    return (
      `${gone} of ${files} files are gone from ${local} and still in the drive${disk}: ` +
      `to remove them there too: goliath share --confirm ${path}`
    );
  }

  #recentlyRemoved(): number {
    const { files, sinceMs } = this.#removed;
    return this.#init.clock.monotonicMs() - sinceMs < WINDOW_MS ? files : 0;
  }

  #windowStart(): number {
    const now = this.#init.clock.monotonicMs();
    return now - this.#removed.sinceMs < WINDOW_MS ? this.#removed.sinceMs : now;
  }

  /**
   * Looks once more, unmarks what is there again or cannot be seen, counts the files to remove;
   * and tells where what is gone lay on another disk that is gone as a whole.
   */
  async #count(): Promise<{ files: number; missingDisk: string | undefined }> {
    const { local, record, disk } = this.#init;
    let files = 0;
    let missingDisk: string | undefined;
    for (const { id, names } of this.#entries()) {
      const there = await disk.stat(join(local, ...names)).catch(() => "unknown" as const);
      const back =
        there === "unknown" || (record.isDir(id) ? there?.isDirectory() : there?.isFile());
      if (back) record.unmarkGone(id);
      else if (!record.isBelowGone(id)) files += record.filesBelow(id);
      if (!back && record.isMounted(id)) missingDisk ??= await this.#missingDisk(names);
    }
    return { files, missingDisk };
  }

  /** The place of a disk that is not there any more; undefined when it is, and the entry is not. */
  async #missingDisk(names: readonly string[]): Promise<string | undefined> {
    const { local, disk } = this.#init;
    const root = await disk.stat(local);
    for (let length = names.length - 1; length > 0; length--) {
      const above = join(local, ...names.slice(0, length));
      const stats = await disk.stat(above).catch(() => undefined);
      if (stats) return stats.dev === root?.dev ? above : undefined;
    }
    return join(local, ...names);
  }

  async #remove(publication: Publication): Promise<void> {
    const { path, record } = this.#init;
    for (const { id, names } of this.#entries()) {
      if (record.isBelowGone(id)) continue;
      const effect: ShareEffect = { kind: "remove", names };
      await publication.add({ change: { op: "remove", path: joinPath(path, ...names) }, effect });
    }
    await publication.flush();
  }

  *#entries(): Generator<{ id: number; names: string[] }> {
    const { record } = this.#init;
    for (let page = record.gone(0); page.length > 0; page = record.gone(page.at(-1) ?? 0)) {
      for (const id of page) {
        const names = record.namesOf(id);
        if (names) yield { id, names };
      }
    }
  }
}

/** Whether so many files of these may only be removed after a yes: also the one of one. */
function isMassive(gone: number, files: number): boolean {
  return gone > files / 2;
}
