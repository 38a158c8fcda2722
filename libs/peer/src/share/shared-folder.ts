/**
 * One share at work: compares the folder with what was published, at the start, where the watcher
 * points, and as a whole at intervals. The watcher is never believed, only followed: an event says
 * where to look, and lost ones cost time until the next full look, nothing else.
 */
import type { PlacedChunks } from "@goliath/chunks";
import { backOff, Listeners, type Clock, type Log, type WatchFolder } from "@goliath/kit";
import { GoliathError, type DrivePath, type ErrorCode } from "@goliath/protocols/nouns";
import { join, relative, sep } from "node:path";
import type { IndexLink } from "../parts.ts";
import type { Publication } from "../publish/publication.ts";
import type { Publisher } from "../publish/publisher.ts";
import { countFolder, type FolderTotals } from "./count-folder.ts";
import { DirtyNames } from "./dirty-names.ts";
import { GoneSettler } from "./gone-settler.ts";
import { IGNORE_FILE, NameFilter, readNameFilter } from "./name-filter.ts";
import { Problems } from "./problems.ts";
import { restlessMs } from "./restless.ts";
import type { ShareDisk } from "./share-disk.ts";
import type { ShareRecord } from "./share-record.ts";
import { checkRoot } from "./share-root.ts";
import { ShareScan } from "./share-scan.ts";
import type { ShareProgress, ShareState, ShareStatus } from "./share-status.ts";

/** A full look may take this part of the time: on a huge share the interval grows. */
const RESCAN_TIME_SHARE = 1 / 20;
/** How often it is looked whether a paused share's folder is back. */
const PAUSED_RECHECK_MS = 5_000;
/** A watcher that failed is set up again after this, with a full look. */
const WATCH_RETRY_MS = 1_000;
/** A file that changed under the reading is looked at again after this. */
const CHANGED_DELAY_MS = 250;
/** A first publication waits this long for files that are being written to, then goes without. */
const RESTLESS_MS_MAX = 10_000;
/** Waits after a failed turn. */
const FAILED_MIN_MS = 500;
const FAILED_MAX_MS = 60_000;
/** The index has something else than we thought: all is compared before more is published. */
const DISAGREEMENTS: ReadonlySet<ErrorCode> = new Set([
  "exists",
  "conflict",
  "not-found",
  "not-a-directory",
  "is-a-directory",
  "bad-request",
]);

export interface SharedFolderParts {
  publisher: Publisher;
  link: IndexLink;
  placed: PlacedChunks;
  clock: Clock;
  /** From 0 to 1. */
  random: () => number;
  log: Log;
  disk: ShareDisk;
  watch: WatchFolder;
  /** Milliseconds between two full looks, at least. */
  rescanMs: number;
}

/** Of the share's root, at the beginning of a turn. */
interface RootFacts {
  /** `st_dev`. */
  device: bigint;
  confirmed: boolean;
}

export class SharedFolder implements AsyncDisposable {
  readonly record: ShareRecord;
  readonly local: string;
  readonly path: DrivePath;
  readonly #parts: SharedFolderParts;
  readonly #problems = new Problems();
  /** Files with wrong bytes: told until they change, also when all was looked at since. */
  readonly #rotten = new Problems();
  readonly #dirty: DirtyNames;
  readonly #gone: GoneSettler;
  readonly #progress = new Listeners<ShareProgress>();
  readonly #published = Promise.withResolvers<void>();
  readonly #closing = new AbortController();
  readonly #totals: FolderTotals = { files: 0, bytes: 0 };
  #running: Promise<void> = Promise.resolve();
  #sleeping: AbortController | undefined;
  #watcher: AsyncDisposable | undefined;
  #filter = new NameFilter("");
  /** Why nothing can be done. */
  #paused: string | undefined;
  #confirmed = false;
  /** By the monotonic clock: the next full look. */
  #rescanAtMs = 0;
  /** By the monotonic clock: when the first full look ended. */
  #lookedAtMs: number | undefined;
  #hashedBytes = 0;

  constructor(record: ShareRecord, parts: SharedFolderParts) {
    const { local, path, published } = record.row();
    this.record = record;
    this.local = local;
    this.path = path;
    this.#parts = parts;
    this.#dirty = new DirtyNames(parts.clock);
    this.#gone = new GoneSettler({ local, path, record, disk: parts.disk, clock: parts.clock });
    this.#published.promise.catch(() => undefined);
    if (published === 1) this.#published.resolve();
  }

  /** Resolves once everything found at the start is committed; rejects when the share is closed. */
  get published(): Promise<void> {
    return this.#published.promise;
  }

  start(): void {
    this.record.unmarkGone();
    this.#running = this.#run();
  }

  status(): ShareStatus {
    const { once, files, bytes, revision } = this.record.row();
    const own = [this.#paused, this.#gone.waiting].filter((text) => text !== undefined);
    const problems = [...own, ...this.#rotten.list(), ...this.#problems.list()];
    const { local, path } = this;
    return {
      local,
      path,
      once: once === 1,
      state: this.#state(),
      files,
      bytes,
      revision,
      problems,
    };
  }

  onProgress(listener: (progress: ShareProgress) => void): () => void {
    return this.#progress.subscribe(listener);
  }

  /** The user's yes: to a deletion that waits, or to another folder in place of the shared one. */
  confirm(): void {
    this.#confirmed = true;
    this.#dirty.addAll();
    this.#wake();
  }

  /** The index is there, of this generation: a restored one may have forgotten what was published. */
  connected(generation: number): void {
    if (this.record.row().generation === generation) return;
    this.#dirty.addAll();
    this.#wake();
  }

  /** Something happened at an absolute path inside. */
  touched(path: string): void {
    const place = relative(this.local, path).split(sep).join("/");
    if (place === "" || place === IGNORE_FILE) this.#dirty.addAll();
    else this.#dirty.add(place);
    this.#wake();
  }

  /** A file, at an absolute path inside, has bytes that nobody wrote. */
  rotten(path: string): void {
    const text = "its disk gives other bytes than were published: it is served no more";
    const mend = "look at the disk, then put the file back from a copy (goliath get) or a backup";
    this.#rotten.add(relative(this.local, path), `${path} has rotted: ${text}; ${mend}`);
  }

  /** Ends with the turn under way; what it had begun is taken up by the next start. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new GoliathError("aborted", "the share is closed"));
    this.#wake();
    await this.#running;
    await this.#unwatch();
    this.#published.reject(new GoliathError("closed", `${this.local} is no longer shared`));
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    const { signal } = this.#closing;
    const { clock, random } = this.#parts;
    const waits = backOff({ minMs: FAILED_MIN_MS, maxMs: FAILED_MAX_MS, random });
    while (!signal.aborted) {
      try {
        await this.#turn();
        waits.reset();
        await this.#rest();
      } catch (thrown) {
        if (signal.aborted) return;
        this.#failed(GoliathError.from(thrown));
        await clock.sleep(waits.next(), signal).catch(() => undefined);
      }
    }
  }

  async #turn(): Promise<void> {
    const confirmed = this.#confirmed;
    const root = await checkRoot(this.record, { disk: this.#parts.disk, confirmed });
    if (!root.stats) return this.#pause(root.problem);
    if (this.#paused !== undefined) this.#dirty.addAll();
    this.#paused = undefined;
    await this.#agree();
    const publication = this.#begin();
    await this.#look(publication, { device: root.stats.dev, confirmed });
    // Looking may have taken hours: whether what is missing is missing by itself is asked again.
    const still = await checkRoot(this.record, { disk: this.#parts.disk, confirmed });
    if (!still.stats) return this.#pause(still.problem);
    await this.#gone.settle(publication, { confirmed });
    if (confirmed) this.#confirmed = false;
    this.#checkPublished();
  }

  /** After the index was restored, or disagreed: the claim is made again and nothing is believed. */
  async #agree(): Promise<void> {
    const { link, publisher } = this.#parts;
    const { signal } = this.#closing;
    const { generation } = await this.#drive();
    if (this.record.row().generation !== generation) {
      this.record.forget();
      this.record.set({ generation });
      this.#dirty.addAll();
    }
    if (this.record.row().reconcile === 0) return;
    await link.whenConnected(signal);
    await publisher.commit({ changes: [{ op: "claim", path: this.path }] }, { signal });
  }

  async #drive() {
    const { link } = this.#parts;
    return link.info() ?? (await link.whenConnected(this.#closing.signal));
  }

  async #look(publication: Publication, root: RootFacts): Promise<void> {
    const { clock } = this.#parts;
    const startedMs = clock.monotonicMs();
    if (startedMs >= this.#rescanAtMs) this.#dirty.addAll();
    const places = this.#dirty.take();
    if (places !== "all") {
      await this.#scan(publication, root).lookAt(places);
      return publication.flush();
    }
    this.#problems.clear();
    await this.#watch();
    this.#filter = await readNameFilter(this.#parts.disk, this.local);
    this.#countTotals();
    await this.#scan(publication, root).walk({ names: [], entry: this.record.root() });
    await publication.flush();
    this.record.set({ reconcile: 0 });
    const tookMs = clock.monotonicMs() - startedMs;
    this.#lookedAtMs ??= clock.monotonicMs();
    const restMs = Math.max(this.#parts.rescanMs, tookMs / RESCAN_TIME_SHARE);
    this.#rescanAtMs = clock.monotonicMs() + restMs;
  }

  #scan(publication: Publication, { device, confirmed }: RootFacts): ShareScan {
    const { placed, disk, clock } = this.#parts;
    return new ShareScan({
      local: this.local,
      path: this.path,
      record: this.record,
      publication,
      placed,
      disk,
      device,
      confirmed,
      askForRot: this.#lookedAtMs === undefined,
      filter: this.#filter,
      problems: this.#problems,
      signal: this.#closing.signal,
      restlessMs: (stats) => restlessMs(stats, clock),
      onLater: (names, delayMs) => this.#dirty.later(names.join("/"), delayMs),
      onGone: () => this.#gone.noted(),
      onChanged: (names) => this.#rotten.clear(names.join("/")),
      onRotten: (names) => this.rotten(join(this.local, ...names)),
    });
  }

  #begin(): Publication {
    return this.#parts.publisher.begin({
      owner: this.record.id,
      root: this.local,
      signal: this.#closing.signal,
      reconcile: this.record.row().reconcile === 1,
      onSkipped: (path, error) => this.#skipped(path.slice(this.path.length + 1), error),
      onHashed: (bytes) => this.#hashed(bytes),
    });
  }

  #skipped(place: string, { code, message }: GoliathError): void {
    const soon = code === "changed" || code === "not-found";
    if (soon) this.#dirty.later(place, CHANGED_DELAY_MS);
    else this.#problems.add(place, `${place} was not published: ${message}`);
  }

  #failed(error: GoliathError): void {
    this.#parts.log.warn("a share could not be brought up to date", { local: this.local, error });
    this.#dirty.addAll();
    const { code, message } = error;
    if (code === "owned" || code === "forbidden") this.#pause(`${this.path}: ${message}`);
    else this.#problems.add("", `not up to date: ${message}`);
    if (DISAGREEMENTS.has(code)) this.record.forget();
    if (code === "owned") this.record.set({ reconcile: 1 });
  }

  #pause(problem = "the folder cannot be used"): void {
    this.#paused = problem;
    // A yes is to what was asked, not to whatever comes next.
    this.#confirmed = false;
    this.#rescanAtMs = this.#parts.clock.monotonicMs() + PAUSED_RECHECK_MS;
    this.#tell();
    // The folder that comes back is another one to the system: its watches are gone.
    void this.#unwatch();
  }

  #checkPublished(): void {
    if (this.record.row().published === 1 || this.#lookedAtMs === undefined) return;
    const waitedMs = this.#parts.clock.monotonicMs() - this.#lookedAtMs;
    if (this.#dirty.size > 0 && waitedMs < RESTLESS_MS_MAX) return;
    this.record.set({ published: 1 });
    this.#tell();
    this.#published.resolve();
  }

  /** Sleeps until there is something to do. Events only shorten the sleep. */
  async #rest(): Promise<void> {
    const { clock } = this.#parts;
    for (;;) {
      const rescanMs = this.#rescanAtMs - clock.monotonicMs();
      const work = this.#paused === undefined ? [this.#dirty.waitMs(), this.#gone.waitMs()] : [];
      const waitMs = Math.min(rescanMs, ...work);
      if (waitMs <= 0 || this.#closing.signal.aborted || this.#confirmed) return;
      this.#sleeping = new AbortController();
      await clock.sleep(waitMs, this.#sleeping.signal).catch(() => undefined);
    }
  }

  #wake(): void {
    this.#sleeping?.abort();
  }

  async #watch(): Promise<void> {
    if (this.#watcher) return;
    try {
      this.#watcher = await this.#parts.watch(this.local, {
        onPaths: (paths) => paths.forEach((path) => this.touched(path)),
        onError: (error) => this.#watchLost(error),
      });
    } catch (error) {
      const seconds = Math.round(this.#parts.rescanMs / 1000);
      const reason = error instanceof Error ? error.message : String(error);
      const text = `${this.local} cannot be watched: it is looked at every ${seconds} s (${reason})`;
      this.#problems.add("watcher", text);
    }
  }

  /** Events were lost: all is looked at soon, and watched anew before. */
  #watchLost(error: Error): void {
    this.#parts.log.warn("the watcher of a share failed", { local: this.local, error });
    this.#rescanAtMs = Math.min(this.#rescanAtMs, this.#parts.clock.monotonicMs() + WATCH_RETRY_MS);
    void this.#unwatch();
    this.#wake();
  }

  async #unwatch(): Promise<void> {
    const watcher = this.#watcher;
    this.#watcher = undefined;
    await watcher?.[Symbol.asyncDispose]();
  }

  #state(): ShareState {
    if (this.#paused !== undefined) return "paused";
    if (this.#gone.waiting !== undefined) return "waiting";
    return this.record.row().published === 1 ? "following" : "publishing";
  }

  #countTotals(): void {
    if (this.record.row().published === 1) return;
    const { signal } = this.#closing;
    Object.assign(this.#totals, { files: 0, bytes: 0 });
    const options = { disk: this.#parts.disk, filter: this.#filter, signal };
    void countFolder(this.local, this.#totals, options);
  }

  #hashed(bytes: number): void {
    this.#hashedBytes += bytes;
    this.#tell();
  }

  #tell(): void {
    if (this.#progress.size === 0) return;
    const status = this.status();
    this.#progress.emit({
      ...status,
      bytes: Math.max(status.bytes, this.#hashedBytes),
      totalFiles: this.#totals.files,
      totalBytes: this.#totals.bytes,
    });
  }
}
