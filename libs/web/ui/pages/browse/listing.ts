/**
 * A folder of any size as rows by number, of which only those looked at are held.
 *
 * The index lists a folder in pages, each after a name; it can neither count a folder nor go to its
 * n-th entry. So this walks: each page that was read leaves the name it begins after (some bytes),
 * and with it any page once passed is one request away. Of the entries themselves only the pages
 * around the window stay. How much is still to come is told by the folder's sum of files, less what
 * is accounted for: exact for a folder of files alone, never too little for others.
 *
 * When the drive changed, the pages keep where they begin and are read again as they come into view:
 * rows stay under the reader's eyes, and a change in one page moves no other.
 */
import { ApiError } from "../../api/api-error.ts";
import type { EntryView } from "../../api/methods.ts";
import { Store } from "../../api/store.ts";
import { compareNames } from "../../parts/name-order.ts";

/** What the index gives at once. */
export const PAGE_ENTRIES = 1_000;
/** Pages whose entries are held: 50,000 entries, some tens of megabytes. */
const PAGES_HELD_MAX = 50;
/** Folders up to here are read whole, so that they can be sorted as people sort. */
export const SORTED_MAX = 5_000;
/** Shown to come where the sums say nothing, as for a folder of empty folders. */
const REST_LEAST = 50;

export interface ListedPage {
  entries: EntryView[];
  /** The name to go on after; absent at the end. */
  next?: string;
}

export interface ListingSource {
  list(after: string | undefined, signal: AbortSignal): Promise<ListedPage>;
  /** Files below the folder, at any depth. */
  files(signal: AbortSignal): Promise<number>;
}

interface Page {
  after: string | undefined;
  count: number;
  /** Files that its rows account for. */
  files: number;
  entries?: EntryView[];
  /** Read before the drive's last change. */
  stale: boolean;
}

export type ListingState = "loading" | "ready" | "failed";

export class Listing implements Disposable {
  /** Counts changes, for whoever draws this. */
  readonly changed = new Store(0);
  readonly #source: ListingSource;
  readonly #stop = new AbortController();
  #pages: Page[] = [{ after: undefined, count: 0, files: 0, stale: false }];
  /** Number of the first row of each page. */
  #starts = [0];
  #known = 0;
  #complete = false;
  #files = 0;
  #filesStale = true;
  #window = { from: 0, to: PAGE_ENTRIES };
  #running = false;
  #error: ApiError | undefined;

  constructor(source: ListingSource) {
    this.#source = source;
  }

  get state(): ListingState {
    if (this.#error && this.#known === 0) return "failed";
    return this.#known > 0 || this.#complete ? "ready" : "loading";
  }

  get error(): ApiError | undefined {
    return this.#error;
  }

  /** Whether every page was passed: `total` is exact. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Rows that were passed. */
  get known(): number {
    return this.#known;
  }

  /** Rows there are, or are at most to come. */
  get total(): number {
    if (this.#complete) return this.#known;
    const accounted = this.#pages.reduce((sum, { files }) => sum + files, 0);
    return this.#known + Math.max(REST_LEAST, this.#files - accounted);
  }

  /** All entries, where the folder is small enough to hold them all. */
  whole(): EntryView[] | undefined {
    if (!this.#complete || this.#known > SORTED_MAX) return undefined;
    const all = this.#pages.map(({ entries }) => entries);
    return all.every((entries) => entries !== undefined) ? all.flat() : undefined;
  }

  /** Whether it will be `whole` in a moment. */
  get small(): boolean {
    return this.total <= SORTED_MAX;
  }

  entryAt(row: number): EntryView | undefined {
    const at = this.#pageOf(row);
    return this.#pages[at]?.entries?.[row - (this.#starts[at] ?? 0)];
  }

  /** The row of a name among the entries that are held. */
  rowOf(name: string): number | undefined {
    for (const [at, { entries }] of this.#pages.entries()) {
      const within = entries?.findIndex((entry) => entry.name === name) ?? -1;
      if (within >= 0) return (this.#starts[at] ?? 0) + within;
    }
    return undefined;
  }

  /** Asks for the rows of a window, and reads what is missing of them. */
  want(from: number, to: number): void {
    this.#window = { from, to };
    void this.#run();
  }

  /** The drive changed: what is held may be old. */
  refresh(): void {
    for (const page of this.#pages) page.stale = true;
    this.#filesStale = true;
    this.#error = undefined;
    void this.#run();
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      if (this.#filesStale && !this.#complete) await this.#count();
      for (let page = this.#next(); page && !this.#stop.signal.aborted; page = this.#next()) {
        await this.#read(page);
        if (this.#filesStale && !this.#complete) await this.#count();
      }
    } catch (thrown) {
      if (this.#stop.signal.aborted) return;
      this.#error = ApiError.from(thrown);
      this.#tell();
    } finally {
      this.#running = false;
    }
  }

  async #count(): Promise<void> {
    this.#filesStale = false;
    const files = this.#source.files(this.#stop.signal);
    // The first page need not wait for it; later the sums come first, so that the bar does not jump.
    if (this.#known > 0) this.#files = await files;
    else {
      const [counted] = await Promise.all([files, this.#next() && this.#read(this.#pages[0])]);
      this.#files = counted;
    }
    this.#tell();
  }

  /** What to read next: what is seen, then the way to it, then what makes the folder whole. */
  #next(): Page | undefined {
    if (this.#error) return undefined;
    const { from, to } = this.#window;
    const isMissing = ({ entries, stale }: Page): boolean => !entries || stale;
    const first = this.#pageOf(from);
    const last = this.#pageOf(Math.max(from, to - 1));
    for (let at = first; at <= last; at++) {
      const page = this.#pages[at];
      if (page && isMissing(page)) return page;
    }
    if (this.small) return this.#pages.find(isMissing);
    const ahead = this.#pages[last + 1];
    return ahead && isMissing(ahead) ? ahead : undefined;
  }

  async #read(page: Page | undefined): Promise<void> {
    if (!page) return;
    page.stale = false;
    const { entries, next } = await this.#source.list(page.after, this.#stop.signal);
    const at = this.#pages.indexOf(page);
    const following = this.#pages[at + 1];
    if (!following) this.#readTail(page, { entries, ...(next !== undefined && { next }) });
    else this.#readWithin(page, { entries, next, end: following.after ?? "", at });
    this.#measure();
    this.#forget();
    this.#tell();
  }

  #readTail(page: Page, { entries, next }: ListedPage): void {
    fill(page, entries);
    this.#complete = next === undefined;
    if (next !== undefined) this.#pages.push({ after: next, count: 0, files: 0, stale: false });
  }

  /** A page that others follow ends where the next begins, whatever was added to it meanwhile. */
  #readWithin(
    page: Page,
    { entries, next, end, at }: { entries: EntryView[]; next?: string; end: string; at: number },
  ): void {
    const own = entries.filter(({ name }) => compareNames(name, end) <= 0);
    fill(page, own);
    if (own.length < entries.length) return;
    // The folder ends before the page that followed: that one is gone.
    if (next === undefined) {
      this.#pages.length = at + 1;
      this.#complete = true;
    } else if (compareNames(next, end) < 0)
      this.#pages.splice(at + 1, 0, { after: next, count: 0, files: 0, stale: false });
  }

  #measure(): void {
    let start = 0;
    this.#starts = this.#pages.map(({ count }) => {
      const own = start;
      start += count;
      return own;
    });
    this.#known = start;
  }

  /** Gives back the entries of the pages farthest from the window. */
  #forget(): void {
    const held = this.#pages.flatMap(({ entries }, at) => (entries ? [at] : []));
    const center = this.#pageOf(this.#window.from);
    const far = held.toSorted((a, b) => Math.abs(a - center) - Math.abs(b - center));
    for (const at of far.slice(PAGES_HELD_MAX)) delete this.#pages[at]?.entries;
  }

  /** The page of a row; the last, which is still to be read, for rows beyond what is known. */
  #pageOf(row: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #tell(): void {
    if (!this.#stop.signal.aborted) this.changed.update((count) => count + 1);
  }
}

function fill(page: Page, entries: EntryView[]): void {
  page.entries = entries;
  page.count = entries.length;
  page.files = entries.reduce((sum, { files = 1 }) => sum + files, 0);
}
