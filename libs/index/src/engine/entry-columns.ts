/**
 * Entries as columns, for the way from the store's thread: cloning a page of a thousand objects
 * takes both sides longer than reading it, three arrays and a text do not.
 */
import type { NamedEntry } from "@goliath/protocols/nouns";
import { chunkCount, DIGEST_BYTES, GoliathError } from "@goliath/protocols/nouns";
import type { ChunkId, Digest, DirId, Entry, Extent, Revision } from "@goliath/protocols/nouns";
import type { FileEntry } from "@goliath/protocols/nouns";

export interface EntryColumns {
  /** Per entry what it is, with the marks below. */
  marks: Uint8Array;
  numbers: Float64Array;
  /** Roots, and digests where they come along. */
  digests: Uint8Array;
}

const ABSENT = 0;
const DIRECTORY = 1;
const FILE = 2;
const KIND_MASK = 0x03;
const EXECUTABLE = 0x04;
const SUMS = 0x08;

export function toEntryColumns(entries: readonly (Entry | undefined)[]): EntryColumns {
  const numbers: number[] = [];
  const digests: Uint8Array[] = [];
  const marks = Uint8Array.from(entries, (entry) => {
    if (!entry) return ABSENT;
    if (entry.kind === "file") return writeFile(entry, { numbers, digests });
    numbers.push(entry.revision, entry.dir, entry.files, entry.bytes);
    return DIRECTORY;
  });
  return { marks, numbers: Float64Array.from(numbers), digests: Buffer.concat(digests) };
}

function writeFile(
  { revision, size, mtimeMs, extents, root, sums, executable }: FileEntry,
  { numbers, digests }: { numbers: number[]; digests: Uint8Array[] },
): number {
  numbers.push(revision, size, mtimeMs, extents.length);
  for (const { first, count, bytes } of extents) numbers.push(first, count, bytes);
  digests.push(root);
  if (sums) digests.push(sums);
  return FILE | (executable ? EXECUTABLE : 0) | (sums ? SUMS : 0);
}

export function fromEntryColumns(columns: EntryColumns): (Entry | undefined)[] {
  const reader = new ColumnReader(columns);
  const entries = Array.from(columns.marks, (mark) => reader.entry(mark));
  if (!reader.done) throw new GoliathError("internal", "columns of entries do not fit each other");
  return entries;
}

class ColumnReader {
  readonly #numbers: Float64Array;
  readonly #digests: Uint8Array;
  #number = 0;
  #digest = 0;

  constructor({ numbers, digests }: EntryColumns) {
    this.#numbers = numbers;
    this.#digests = digests;
  }

  get done(): boolean {
    return this.#number === this.#numbers.length && this.#digest === this.#digests.length;
  }

  entry(mark: number): Entry | undefined {
    const kind = mark & KIND_MASK;
    if (kind === ABSENT) return undefined;
    const revision = this.#next() as Revision;
    if (kind === FILE) return this.#file(revision, mark);
    return {
      kind: "dir",
      revision,
      dir: this.#next() as DirId,
      files: this.#next(),
      bytes: this.#next(),
    };
  }

  #file(revision: Revision, mark: number): FileEntry {
    const [size, mtimeMs, count] = [this.#next(), this.#next(), this.#next()];
    const extents: Extent[] = [];
    for (let i = 0; i < count; i++) {
      extents.push({ first: this.#next() as ChunkId, count: this.#next(), bytes: this.#next() });
    }
    const root = this.#take(DIGEST_BYTES) as Digest;
    const executable = (mark & EXECUTABLE) !== 0;
    const file: FileEntry = { kind: "file", root, extents, size, mtimeMs, executable, revision };
    if (mark & SUMS) file.sums = this.#take(chunkCount(extents) * DIGEST_BYTES);
    return file;
  }

  #next(): number {
    return this.#numbers[this.#number++] ?? Number.NaN;
  }

  #take(bytes: number): Uint8Array {
    return this.#digests.subarray(this.#digest, (this.#digest += bytes));
  }
}

export interface NamedColumns extends EntryColumns {
  /** No name contains a line feed. */
  names: string;
}

/** What stands under each name; undefined where nothing does any more. */
export function toNamedColumns(
  named: readonly { name: string; entry: Entry | undefined }[],
): NamedColumns {
  const names = named.map(({ name }) => name).join("\n");
  return { ...toEntryColumns(named.map(({ entry }) => entry)), names };
}

export function fromNamedColumns(
  columns: NamedColumns,
): { name: NamedEntry["name"]; entry: Entry | undefined }[] {
  const names = columns.names.split("\n");
  return fromEntryColumns(columns).map((entry, at) => ({ name: names[at] as string, entry }));
}
