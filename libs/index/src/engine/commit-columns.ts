/**
 * A commit as columns, for the way to the store's thread: cloning 100,000 change objects stalls
 * both threads for a quarter of a second, one long text and three arrays do not.
 */
import type { CommitRequest } from "@goliath/protocols/index/service";
import { DIGEST_BYTES, GoliathError } from "@goliath/protocols/nouns";
import type {
  Change,
  ChunkId,
  Digest,
  DrivePath,
  Extent,
  FileBody,
  PolicyChange,
  Precondition,
  Revision,
} from "@goliath/protocols/nouns";

export interface CommitColumns extends Omit<CommitRequest, "changes" | "locations"> {
  /** Paths, and policies as JSON, in the order in which changes name them. None has a line feed. */
  paths: string;
  /** Per change its place in `OPS`, with the marks below. */
  ops: Uint8Array;
  numbers: Float64Array;
  roots: Uint8Array;
}

const OPS = ["put", "mkdir", "remove", "move", "copy", "claim", "unclaim", "policy"] as const;
const OP_MASK = 0x07;
const ABSENT = 0x08;
const AT_REVISION = 0x10;
const EXECUTABLE = 0x20;
const COPY_AT = 0x40;

export function toColumns(request: CommitRequest): CommitColumns {
  const { number, digest, changes, leases, note } = request;
  const paths: string[] = [];
  const numbers: number[] = [];
  const roots: Uint8Array[] = [];
  const ops = Uint8Array.from(changes, (change) => {
    paths.push(change.path);
    let mark = OPS.indexOf(change.op) | whenMark(change.when);
    if (change.when && "revision" in change.when) numbers.push(change.when.revision);
    if (change.op === "put") {
      writeFile(change.file, numbers);
      roots.push(change.file.root);
      if (change.file.executable) mark |= EXECUTABLE;
    }
    if (change.op === "policy") paths.push(JSON.stringify(change.policy));
    if (change.op === "move") paths.push(change.to);
    if (change.op === "copy") paths.push(change.from);
    if (change.op === "copy" && change.at !== undefined) {
      mark |= COPY_AT;
      numbers.push(change.at);
    }
    return mark;
  });
  return {
    number,
    digest,
    leases,
    ...(note !== undefined && { note }),
    paths: paths.join("\n"),
    ops,
    numbers: Float64Array.from(numbers),
    roots: Buffer.concat(roots),
  };
}

function whenMark(when: Precondition | undefined): number {
  if (!when) return 0;
  return "absent" in when ? ABSENT : AT_REVISION;
}

function writeFile({ size, mtimeMs, extents }: FileBody, numbers: number[]): void {
  numbers.push(size, mtimeMs, extents.length);
  for (const { first, count, bytes } of extents) numbers.push(first, count, bytes);
}

/** Locations stay behind: the store knows nothing of holders. */
export function fromColumns(columns: CommitColumns): CommitRequest {
  const { number, digest, leases, note } = columns;
  const reader = new ColumnReader(columns);
  const changes = Array.from(columns.ops, (mark) => reader.change(mark));
  if (!reader.done) throw new GoliathError("internal", "a commit's columns do not fit each other");
  return { number, digest, leases, locations: [], changes, ...(note !== undefined && { note }) };
}

class ColumnReader {
  readonly #paths: string[];
  readonly #numbers: Float64Array;
  readonly #roots: Uint8Array;
  #path = 0;
  #number = 0;
  #root = 0;

  constructor({ paths, numbers, roots, ops }: CommitColumns) {
    this.#paths = ops.length > 0 ? paths.split("\n") : [];
    this.#numbers = numbers;
    this.#roots = roots;
  }

  get done(): boolean {
    const { length } = this.#numbers;
    return this.#path === this.#paths.length && this.#number === length;
  }

  change(mark: number): Change {
    const path = this.#nextPath();
    const when = this.#when(mark);
    const op = OPS[mark & OP_MASK] ?? "mkdir";
    const start = { path, ...(when && { when }) };
    if (op === "put") return { op, ...start, file: this.#file((mark & EXECUTABLE) !== 0) };
    if (op === "move") return { op, ...start, to: this.#nextPath() };
    if (op === "policy") {
      return { op, ...start, policy: JSON.parse(this.#nextPath()) as PolicyChange };
    }
    if (op !== "copy") return { op, ...start };
    const from = this.#nextPath();
    return mark & COPY_AT
      ? { op, ...start, from, at: this.#next() as Revision }
      : { op, ...start, from };
  }

  #when(mark: number): Precondition | undefined {
    if (mark & ABSENT) return { absent: true };
    return mark & AT_REVISION ? { revision: this.#next() as Revision } : undefined;
  }

  #file(executable: boolean): FileBody {
    const [size, mtimeMs, count] = [this.#next(), this.#next(), this.#next()];
    const extents = Array.from({ length: count }, (): Extent => {
      return { first: this.#next() as ChunkId, count: this.#next(), bytes: this.#next() };
    });
    const root = this.#roots.subarray(this.#root, (this.#root += DIGEST_BYTES)) as Digest;
    return { root, extents, size, mtimeMs, executable };
  }

  #next(): number {
    return this.#numbers[this.#number++] ?? Number.NaN;
  }

  #nextPath(): DrivePath {
    return (this.#paths[this.#path++] ?? "") as DrivePath;
  }
}
