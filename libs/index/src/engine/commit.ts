/** Commits: many changes, one revision, all or nothing. Everything is computed before it is written. */
import type { CommitReply, CommitRequest } from "@goliath/protocols/index/service";
import {
  COMMIT_CHANGES_MAX,
  DIGEST_BYTES,
  equalBytes,
  GoliathError,
} from "@goliath/protocols/nouns";
import type { Change, ChunkRun, DrivePath, PeerId } from "@goliath/protocols/nouns";
import type { Batch, StoreReader, StoreTransaction } from "../store/index-store.ts";
import { applyChange } from "./apply-change.ts";
import { COMMIT_RECORD_MS, NOTE_BYTES_MAX, SUMMARY_CHARACTERS_MAX } from "./bounds.ts";
import { checkChunks, freshRuns } from "./commit-chunks.ts";
import type { Context, WriteContext } from "./context.ts";
import { Draft } from "./draft.ts";
import { outcomeOf } from "./draft-outcome.ts";
import type { Committer, Inspection } from "./engine.ts";
import { ranUntil } from "./running-time.ts";
import { storedSegments } from "./segments.ts";

/** What names a commit. */
type CommitName = Pick<CommitRequest, "number" | "digest"> & { peer: PeerId };

export interface InspectRequest extends CommitName {
  leases: CommitRequest["leases"];
  /** The runs of all the commit's puts. */
  runs: Iterable<ChunkRun>;
}

export async function inspect(
  reader: StoreReader,
  request: InspectRequest,
  { nowMs }: Context,
): Promise<Inspection> {
  const { again } = await earlier(reader, request);
  if (again) return { again, fresh: [] };
  return { fresh: await freshRuns(reader, { ...request, nowMs }) };
}

export async function commit(
  transaction: StoreTransaction,
  { who, request }: { who: Committer; request: CommitRequest },
  { nowMs, runMs }: WriteContext,
): Promise<CommitReply> {
  const { peer } = who;
  checkBounds(request);
  const { again, first } = await earlier(transaction, { ...request, peer });
  if (again) return again;
  const head = await transaction.head();
  const { chunkBytes } = head;
  const segments = await checkChunks(transaction, { ...request, peer, nowMs, chunkBytes });
  const draft = new Draft({ reader: transaction, head, peer });
  await draft.load(pathsOf(request.changes));
  for (const change of request.changes) await applyChange(draft, change, who);
  const outcome = outcomeOf(draft);
  const revision = outcome ? draft.revision : head.revision;
  const batch: Batch = {
    done: { peer, number: request.number, digest: request.digest, revision, atMs: nowMs },
    ended: request.leases,
  };
  if (first && first.atMs <= nowMs - COMMIT_RECORD_MS)
    batch.forget = { peer, number: first.number };
  if (outcome) {
    Object.assign(batch, outcome);
    batch.digests = [...storedSegments(segments)];
    batch.head = ranUntil(outcome.head, runMs);
    const { runMs: ranMs } = batch.head;
    batch.revision = { revision, atMs: nowMs, runMs: ranMs, peer, ...described(request) };
  }
  await transaction.apply(batch);
  return { revision, at: nowMs, again: false };
}

/** The first result of this number, if any. Throws `number-used`. */
async function earlier(
  reader: StoreReader,
  { peer, number, digest }: CommitName,
): Promise<{ again?: CommitReply; first: { number: number; atMs: number } | undefined }> {
  const { done, floor, first } = await reader.writer(peer, number);
  if (done && equalBytes(done.digest, digest)) {
    return { again: { revision: done.revision, at: done.atMs, again: true }, first };
  }
  if (done || number <= floor) {
    const about = { id: number };
    throw new GoliathError("number-used", "this commit number was used", { about });
  }
  return { first };
}

function checkBounds({ number, digest, changes, note = "" }: CommitRequest): void {
  if (!Number.isSafeInteger(number) || number < 0 || digest.length !== DIGEST_BYTES) {
    throw new GoliathError("bad-request", "a commit has a number and a digest of 32 bytes");
  }
  if (changes.length > COMMIT_CHANGES_MAX) {
    throw new GoliathError("too-large", `a commit has at most ${COMMIT_CHANGES_MAX} changes`);
  }
  if (Buffer.byteLength(note) > NOTE_BYTES_MAX) {
    throw new GoliathError("too-large", `a note has at most ${NOTE_BYTES_MAX} bytes`);
  }
}

function* pathsOf(changes: readonly Change[]): Generator<DrivePath> {
  for (const change of changes) {
    yield change.path;
    if (change.op === "move") yield change.to;
    if (change.op === "copy" && change.at === undefined) yield change.from;
  }
}

function described({ changes, note = "" }: CommitRequest): {
  changes: number;
  summary: string;
  note: string;
} {
  const first = changes[0];
  const text = first ? `${first.op} ${first.path}` : "";
  const whole = text.length <= SUMMARY_CHARACTERS_MAX;
  const summary = whole ? text : `${text.slice(0, SUMMARY_CHARACTERS_MAX)}…`.toWellFormed();
  return { changes: changes.length, summary, note };
}
