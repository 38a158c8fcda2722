/** Arbitrary nouns for random tests: every value here is one that the protocols must carry. */
import fc from "fast-check";
import {
  CHUNK_BYTES_MAX,
  CHUNK_BYTES_MIN,
  chunkCount,
  COPIES_MAX,
  DIGEST_BYTES,
  idOfPublicKey,
  INLINE_CHUNKS_MAX,
  NAME_BYTES_MAX,
  nameProblem,
  parsePath,
  LABELS_MAX,
  RETENTION_MS_MAX,
  RETENTION_MS_MIN,
  ROLES,
  sizeOf,
  type Change,
  type ChunkId,
  type ChunkRun,
  type Digest,
  type DirEntry,
  type DirId,
  type DriveId,
  type DrivePath,
  type Entry,
  type Extent,
  type FileBody,
  type LeaseId,
  type PeerId,
  type PolicyChange,
  type Precondition,
  type Revision,
  type Role,
} from "../nouns/exports.ts";

/** 0 to 2^53-1, with the values near both ends and near 2^32 often. */
export const anyCount: fc.Arbitrary<number> = fc.oneof(
  fc.maxSafeNat(),
  fc.nat({ max: 300 }),
  fc.constantFrom(2 ** 32 - 1, 2 ** 32, 2 ** 49, Number.MAX_SAFE_INTEGER),
);
export const anyRevision = anyCount.map((value) => value as Revision);
export const anyDirId = anyCount.map((value) => value as DirId);
export const anyLeaseId = anyCount.map((value) => value as LeaseId);
export const anyChunkId = anyCount.map((value) => value as ChunkId);
export const anyRole: fc.Arbitrary<Role> = fc.constantFrom(...ROLES);

export const anyPeerId: fc.Arbitrary<PeerId> = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map(idOfPublicKey);
export const anyDriveId = anyPeerId.map((id) => id as string as DriveId);

export const anyDigest: fc.Arbitrary<Digest> = fc
  .uint8Array({ minLength: DIGEST_BYTES, maxLength: DIGEST_BYTES })
  .map((bytes) => bytes as Digest);

export const anyName: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
    fc.constant("n".repeat(NAME_BYTES_MAX)),
  )
  .filter((name) => nameProblem(name) === undefined);
export const anyPath: fc.Arbitrary<DrivePath> = fc
  .array(anyName, { maxLength: 5 })
  .map((names) => parsePath(`/${names.join("/")}`));
export const anyText = fc.string({ unit: "binary", maxLength: 60 });

/** Runs whose last id stays below 2^53. */
export const anyRun: fc.Arbitrary<ChunkRun> = fc
  .tuple(
    fc.nat({ max: 2 ** 31 - 1 }),
    fc.nat({ max: 2 ** 21 - 1 }),
    fc.integer({ min: 1, max: 2 ** 30 }),
  )
  .map(([low, high, count]) => ({ first: (high * 2 ** 31 + low) as ChunkId, count }));

const anyExtent: fc.Arbitrary<Extent> = anyRun.chain(({ first, count: large }) => {
  const count = (large % 2000) + 1;
  const least = (count - 1) * CHUNK_BYTES_MIN + 1;
  return fc
    .integer({ min: least, max: count * CHUNK_BYTES_MAX })
    .map((bytes) => ({ first, count, bytes }));
});

export const anyFileBody: fc.Arbitrary<FileBody> = fc
  .record({
    root: anyDigest,
    extents: fc.array(anyExtent, { maxLength: 4 }),
    mtimeMs: fc.oneof(fc.maxSafeInteger(), fc.integer()).map((ms) => (ms === 0 ? 0 : ms)),
    executable: fc.boolean(),
    withSums: fc.boolean(),
  })
  .map(({ withSums, ...rest }) => {
    const body = { ...rest, size: sizeOf(rest.extents) };
    const count = chunkCount(rest.extents);
    if (!withSums || count > INLINE_CHUNKS_MAX) return body;
    return { ...body, sums: new Uint8Array(count * DIGEST_BYTES).fill(7) };
  });

const anyDirEntry: fc.Arbitrary<DirEntry> = fc.record({
  kind: fc.constant("dir" as const),
  revision: anyRevision,
  dir: anyDirId,
  files: anyCount,
  bytes: anyCount,
});

export const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  fc
    .tuple(anyRevision, anyFileBody)
    .map(([revision, body]) => ({ kind: "file" as const, revision, ...body })),
  anyDirEntry,
);

export const anyLabels = fc.array(fc.stringMatching(/^[a-z]{1,5}=[!-~]{1,50}$/u), {
  maxLength: LABELS_MAX,
});

export const anyPolicyChange: fc.Arbitrary<PolicyChange> = fc.record(
  {
    copies: fc.option(fc.nat({ max: COPIES_MAX })),
    retentionMs: fc.option(fc.integer({ min: RETENTION_MS_MIN, max: RETENTION_MS_MAX })),
    prefer: fc.option(anyLabels),
    avoid: fc.option(anyLabels),
  },
  { requiredKeys: [] },
);

const anyPrecondition: fc.Arbitrary<Precondition> = fc.oneof(
  fc.constant({ absent: true } as const),
  anyRevision.map((revision) => ({ revision })),
);

const anyOperation: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ op: fc.constant("put" as const), path: anyPath, file: anyFileBody }),
  fc.record({
    op: fc.constantFrom("mkdir" as const, "remove" as const, "claim" as const, "unclaim" as const),
    path: anyPath,
  }),
  fc.record({ op: fc.constant("move" as const), path: anyPath, to: anyPath }),
  fc.record({ op: fc.constant("policy" as const), path: anyPath, policy: anyPolicyChange }),
  fc.record(
    { op: fc.constant("copy" as const), path: anyPath, from: anyPath, at: anyRevision },
    { requiredKeys: ["op", "path", "from"] },
  ),
);

export const anyChange: fc.Arbitrary<Change> = fc
  .tuple(anyOperation, fc.option(anyPrecondition, { nil: undefined }))
  .map(([change, when]) => (when ? { ...change, when } : change));
