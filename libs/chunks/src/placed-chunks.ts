/** `PlacedChunks` over a catalogue on disk. */
import { dirname, isAbsolute } from "node:path";
import type { Database } from "better-sqlite3";
import { Listeners, makeDirectoryDurably, systemClock, type Clock, type Disk } from "@goliath/kit";
import { checkExtents, chunkCount, DIGEST_BYTES, GoliathError } from "@goliath/protocols/nouns";
import { sizeOf } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, Digest } from "@goliath/protocols/nouns";
import { openCatalogue } from "./catalogue.ts";
import { missingChunk, rottenChunk, throwIfAborted } from "./chunk-errors.ts";
import type { HoldingsChange, ReadOptions, SmallLimits } from "./chunk-store.ts";
import { FileHandles } from "./file-handles.ts";
import { OPEN_IN_PLACE } from "./file-stamp.ts";
import { GroupedTransactions } from "./grouped-transactions.ts";
import { PLACED_FORMAT, PLACED_SCHEMA, PlacedCatalogue } from "./placed-catalogue.ts";
import type { FileRecord } from "./placed-catalogue.ts";
import type { PlacedChunks, PlacedFile, PlacedProblem } from "./placed-file.ts";
import { ReadFaults } from "./read-faults.ts";
import { Underway } from "./underway.ts";
import { readPlaced, readUntouched } from "./placed-read.ts";
import type { ChunkPlace } from "./piece-table.ts";

/** How long, in milliseconds, a read of a file that is gone waits for `moved` to say where it went. */
const RENAME_GRACE_MS = 250;
/** Copies of one chunk that are tried before a read gives up: each costs a disk access. */
const COPIES_TRIED_MAX = 8;

export interface PlacedChunksInit {
  disk: Disk;
  /** The catalogue, made when absent: SQLite, one process at a time. */
  file: string;
  /** The drive's chunk size, fixed when the catalogue is made. */
  chunkBytes: number;
  clock?: Clock;
}

/** Throws `locked`, `unsupported`, and `bad-request` when made for another chunk size. */
export async function openPlacedChunks(init: PlacedChunksInit): Promise<PlacedChunks> {
  const { disk, file, chunkBytes, clock = systemClock } = init;
  await makeDirectoryDurably(dirname(file), { disk }).catch(rethrow);
  const schema = `${PLACED_SCHEMA} INSERT INTO settings VALUES (${Math.trunc(chunkBytes)});`;
  const db = openCatalogue({ disk, file, format: PLACED_FORMAT, schema, durability: "full" });
  const settings = db.prepare<[], { chunk_bytes: number }>("SELECT chunk_bytes FROM settings");
  if (settings.get()?.chunk_bytes !== chunkBytes) {
    db.close();
    throw new GoliathError("bad-request", `${file} was made for another chunk size`);
  }
  return new SqlitePlacedChunks(db, { disk, chunkBytes, clock });
}

function rethrow(thrown: unknown): never {
  throw GoliathError.from(thrown);
}

class SqlitePlacedChunks implements PlacedChunks {
  readonly #db: Database;
  readonly #chunkBytes: number;
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #catalogue: PlacedCatalogue;
  readonly #transactions: GroupedTransactions;
  readonly #handles: FileHandles;
  readonly #changes = new Listeners<HoldingsChange>();
  readonly #problems = new Listeners<PlacedProblem>();
  readonly #closing = new AbortController();
  readonly #underway = new Underway();
  readonly #faults: ReadFaults;

  constructor(
    db: Database,
    { disk, chunkBytes, clock }: { disk: Disk; chunkBytes: number; clock: Clock },
  ) {
    this.#db = db;
    this.#disk = disk;
    this.#chunkBytes = chunkBytes;
    this.#clock = clock;
    this.#catalogue = new PlacedCatalogue(db, { chunkBytes });
    this.#transactions = new GroupedTransactions(db);
    this.#handles = new FileHandles({ disk, clock, flags: OPEN_IN_PLACE });
    this.#faults = new ReadFaults(clock);
  }

  has(id: ChunkId): boolean {
    return this.#open().held.has(id);
  }

  held(runs: readonly ChunkRun[]): ChunkRun[] {
    return this.#open().held.within(runs);
  }

  digests(runs: readonly ChunkRun[]): Uint8Array {
    const { held, pieces } = this.#open();
    const missing = held.firstMissing(runs);
    if (missing !== undefined) throw missingChunk(missing);
    return new Uint8Array(Buffer.concat(runs.map((run) => pieces.digests(run))));
  }

  find(digest: Digest): ChunkId | undefined {
    return this.#open().find(digest);
  }

  runs(from: ChunkId, limit: number): ChunkRun[] {
    return this.#open().held.runs(from, limit);
  }

  placed(path: string): PlacedFile | undefined {
    const record = this.#open().byPath(path);
    return record && this.#catalogue.placedFile(record);
  }

  list(under: string, options: { after?: string; limit: number }): PlacedFile[] {
    const records = this.#open().list(under, options);
    return records.map((record) => this.#catalogue.placedFile(record));
  }

  locate(id: ChunkId): { path: string; offset: number; length: number } | undefined {
    const place = this.#open().pieces.at(id);
    const record = place && this.#catalogue.byFile(place.file);
    return record && { path: record.path, offset: place.offset, length: place.length };
  }

  onChange(listener: (change: HoldingsChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  onProblem(listener: (problem: PlacedProblem) => void): () => void {
    return this.#problems.subscribe(listener);
  }

  async place(files: readonly PlacedFile[]): Promise<void> {
    for (const file of files) this.#check(file);
    await this.#change(() => this.#catalogue.place(files));
  }

  async withdraw(paths: readonly string[]): Promise<void> {
    await this.#change(() => {
      const files = paths.flatMap((path) => this.#catalogue.byPath(path)?.file ?? []);
      return this.#catalogue.withdraw(files);
    });
  }

  async moved(from: string, to: string): Promise<void> {
    checkPath(to);
    if (from !== to) await this.#change(() => this.#catalogue.move(from, to));
  }

  read(id: ChunkId, { signal }: ReadOptions = {}): Promise<Uint8Array> {
    return this.#underway.track(this.#read(id, signal));
  }

  readSmall(ids: readonly ChunkId[], limits: SmallLimits): Promise<(Uint8Array | undefined)[]> {
    return this.#underway.track(this.#readSmall(ids, limits));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#underway.settled();
    await this.#handles[Symbol.asyncDispose]();
    this.#db.close();
  }

  async #readSmall(ids: readonly ChunkId[], { lengthMax, bytesMax }: SmallLimits) {
    const { held, pieces } = this.#open();
    let left = bytesMax;
    const reads = ids.map((id) => {
      const place = held.has(id) ? pieces.at(id) : undefined;
      const record = place && this.#catalogue.byFile(place.file);
      if (!record || place.length > lengthMax || place.length > left) return undefined;
      left -= place.length;
      const isWhole = place.offset === 0 && place.length === record.stamp.size;
      return isWhole ? readUntouched({ disk: this.#disk, record, place }) : undefined;
    });
    return Promise.all(reads);
  }

  async #read(id: ChunkId, signal: AbortSignal | undefined): Promise<Uint8Array> {
    let failure = missingChunk(id);
    for (let tries = 0, skip = 0; tries < COPIES_TRIED_MAX; tries++) {
      throwIfAborted(signal);
      const place = this.#open().pieces.at(id, skip);
      const record = place && this.#catalogue.byFile(place.file);
      if (!record) break;
      const read = await this.#readFrom(id, { record, place });
      if (read instanceof Uint8Array) return read;
      failure = read;
      // A file that changed has been withdrawn; one that stays is passed over.
      if (read.code !== "changed") skip++;
    }
    if (failure.code === "corrupt") await this.#change(() => this.#catalogue.disown(id));
    throw failure;
  }

  /** The bytes, or why this file does not have them. */
  async #readFrom(id: ChunkId, { record, place }: { record: FileRecord; place: ChunkPlace }) {
    // A disk with threads of its own reads and hashes there: whoever is served else does not wait.
    const disk = this.#disk;
    const bytes = disk.steps && (await readUntouched({ disk, record, place }));
    if (bytes) {
      this.#faults.worked(id);
      return bytes;
    }
    const read = await readPlaced({ disk: this.#disk, handles: this.#handles, record, place });
    switch (read.verdict) {
      case "good":
        this.#faults.worked(id);
        await this.#keepStamp(record, { stamp: read.stamp, length: read.bytes.length });
        return read.bytes;
      case "unreadable":
        return this.#faults.failed(id)
          ? this.#rotten(id, { record, place })
          : missingChunk(id, read.cause);
      case "rotten":
        return this.#rotten(id, { record, place });
      case "unknown":
        return missingChunk(id, read.cause);
      case "gone":
        await this.#clock.sleep(RENAME_GRACE_MS, this.#closing.signal).catch(() => undefined);
        return this.#withdrawChanged(record);
      case "changed":
        return this.#withdrawChanged(record);
    }
  }

  #rotten(id: ChunkId, { record, place }: { record: FileRecord; place: ChunkPlace }): GoliathError {
    const { offset, length } = place;
    this.#problems.emit({ kind: "rotten", path: record.path, id, offset, length });
    return rottenChunk(id, record.path);
  }

  /**
   * After a chmod or a hard link only ctime differs. Where the chunk is the whole file, all of it
   * has just been verified and the new stamp is kept; longer files keep the old one, and every
   * read of them goes by the digest, which costs one more look at the path.
   */
  async #keepStamp(
    record: FileRecord,
    { stamp, length }: { stamp: FileRecord["stamp"]; length: number },
  ) {
    if (stamp.ctimeNs === record.stamp.ctimeNs || stamp.size !== length) return;
    await this.#transactions.run(() => this.#catalogue.restamp(record.file, stamp));
  }

  /** Unless it was moved or placed anew meanwhile: then the next try reads what stands there now. */
  async #withdrawChanged({ file, path }: FileRecord): Promise<GoliathError> {
    await this.#handles.forget(file);
    const withdrawn = await this.#change(() => {
      if (this.#catalogue.byFile(file)?.path !== path) return undefined;
      return this.#catalogue.withdraw([file]);
    });
    if (withdrawn) this.#problems.emit({ kind: "changed", path });
    return new GoliathError("changed", `${path} is not what was placed`, { about: { path } });
  }

  /** Applies a change durably, then tells of it. */
  #change<T extends HoldingsChange | undefined>(apply: () => T): Promise<T> {
    this.#open();
    const done = this.#transactions.run(apply).then((change) => {
      if (change && change.added.length + change.removed.length > 0) this.#changes.emit(change);
      return change;
    });
    return this.#underway.track(done);
  }

  #open(): PlacedCatalogue {
    if (!this.#db.open) throw new GoliathError("closed", "the chunks in place are closed");
    return this.#catalogue;
  }

  #check({ path, stamp, extents, sums }: PlacedFile): void {
    checkPath(path);
    checkExtents(extents, this.#chunkBytes);
    if (sizeOf(extents) !== stamp.size || chunkCount(extents) * DIGEST_BYTES !== sums.length) {
      throw new GoliathError("bad-request", `the chunks of ${path} do not fit its size`);
    }
  }
}

/** Paths that would not come back from the catalogue as they went in are refused. */
function checkPath(path: string): void {
  if (!isAbsolute(path) || !path.isWellFormed() || path.includes("\0")) {
    throw new GoliathError("bad-request", `not an absolute path: ${JSON.stringify(path)}`);
  }
}
