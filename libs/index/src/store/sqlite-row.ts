/** Rows of `SqliteIndexStore` to and from ours. */
import { chunksFor } from "@goliath/protocols/nouns";
import type {
  ChunkId,
  Digest,
  DirId,
  Extent,
  LeaseId,
  PeerId,
  Policy,
  Revision,
} from "@goliath/protocols/nouns";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { Content, DirRow, LeaseRow } from "./index-store.ts";
import { KIND_DIR, KIND_EXECUTABLE, KIND_FILE } from "./sqlite-schema.ts";

/** Columns `kind, ref, size, mtime, root, ext`. */
export type ContentColumns = [number, number, number, number, Uint8Array | null, Uint8Array | null];

/** A file of one extent needs no more than its first id: the rest follows from its size. */
export function toColumns(content: Content): ContentColumns {
  if (content.kind === "dir") return [KIND_DIR, content.dir, 0, 0, null, null];
  const { extents, size, mtimeMs, executable, root } = content;
  const kind = executable ? KIND_EXECUTABLE : KIND_FILE;
  const ext = extents.length > 1 ? encodeExtents(extents) : null;
  return [kind, extents[0]?.first ?? 0, size, mtimeMs, root, ext];
}

export function fromColumns(columns: ContentColumns, chunkBytes: number): Content {
  const [kind, ref, size, mtimeMs, root, ext] = columns;
  if (kind === KIND_DIR) return { kind: "dir", dir: ref as DirId };
  const single = { first: ref as ChunkId, count: chunksFor(size, chunkBytes), bytes: size };
  const extents = ext ? decodeExtents(ext) : size > 0 ? [single] : [];
  const executable = kind === KIND_EXECUTABLE;
  return { kind: "file", root: root as Digest, extents, size, mtimeMs, executable };
}

function encodeExtents(extents: readonly Extent[]): Uint8Array {
  const writer = new ByteWriter(extents.length * 12);
  for (const { first, count, bytes } of extents) {
    writer.integer(first);
    writer.integer(count);
    writer.integer(bytes);
  }
  return writer.take();
}

function decodeExtents(bytes: Uint8Array): Extent[] {
  const reader = new ByteReader(bytes);
  const extents: Extent[] = [];
  while (!reader.done) {
    const first = reader.integer() as ChunkId;
    extents.push({ first, count: reader.integer(), bytes: reader.integer() });
  }
  return extents;
}

export interface DirColumns extends Omit<DirRow, "dir" | "owner"> {
  id: DirId;
  owner: PeerId | null;
}

export function toDirRow({ id, owner, ...rest }: DirColumns): DirRow {
  return { dir: id, ...rest, owner: owner ?? undefined };
}

export interface LeaseColumns {
  id: LeaseId;
  peer: PeerId;
  first: ChunkId;
  count: number;
  expires: number;
}

export function toLeaseRow({ id, peer, first, count, expires }: LeaseColumns): LeaseRow {
  return { lease: id, peer, first, count, expiresAtMs: expires };
}

export interface DoneColumns {
  number: number;
  digest: Uint8Array;
  rev: Revision;
  at: number;
}

/** Columns `copies, retention, prefer, avoid`; null is inherited. Labels contain no space. */
export type PolicyColumns = [number | null, number | null, string | null, string | null];

export function toPolicyColumns({ copies, retentionMs, prefer, avoid }: Policy): PolicyColumns {
  return [copies ?? null, retentionMs ?? null, prefer?.join(" ") ?? null, avoid?.join(" ") ?? null];
}

export function fromPolicyColumns([copies, retentionMs, prefer, avoid]: PolicyColumns): Policy {
  return {
    ...(copies !== null && { copies }),
    ...(retentionMs !== null && { retentionMs }),
    ...(prefer !== null && { prefer: labelsOf(prefer) }),
    ...(avoid !== null && { avoid: labelsOf(avoid) }),
  };
}

function labelsOf(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}
