/** One batch: what is hashed becomes changes, ids, placed files and one commit. */
import type { HashedFile, PlacedChunks, PlacedFile } from "@goliath/chunks";
import type { Clock, Disk } from "@goliath/kit";
import { RESOLVE_PATHS_MAX, type Location } from "@goliath/protocols/index";
import {
  chunkCount,
  DIGEST_BYTES,
  equalBytes,
  GoliathError,
  hasCode,
  isWithin,
  rootOf,
  sizeOf,
  type Change,
  type ChunkId,
  type ChunkRun,
  type DrivePath,
  type Entry,
  type FileBody,
} from "@goliath/protocols/nouns";
import type { IndexLink } from "../parts.ts";
import {
  extentsOf,
  freshCount,
  planChunks,
  type FreshChunks,
  type PlannedRun,
} from "./chunk-plan.ts";
import type { ChunkLeases, HeldLeases } from "./chunk-leases.ts";
import type { CommitQueue } from "./commit-queue.ts";
import type { FailedSyncs } from "./failed-syncs.ts";
import type { ReadyItem } from "./publish-item.ts";
import { isStillSame, type CommittedVersion } from "./local-file.ts";
import { syncItems } from "./synced-items.ts";

/** Times a batch is made anew because its leases ended or a file changed under it. */
const ATTEMPTS_MAX = 3;
/** Before a batch is offered again that could not be verified though nothing of it changed. */
const UNVERIFIED_WAIT_MS = 2_000;

export interface BatchParts {
  disk: Disk;
  clock: Clock;
  link: IndexLink;
  leases: ChunkLeases;
  commits: CommitQueue;
  placed: PlacedChunks;
  failedSyncs: FailedSyncs;
}

export interface BatchOptions {
  /** Whose effects these are. */
  owner: number;
  /** The local folder all files lie in. */
  root: string;
  note?: string | undefined;
  signal: AbortSignal;
  /** The drive may have entries this peer does not know of: ask, and take over what is the same. */
  reconcile: boolean;
  /** Directories that could not be made because a file stands there: nothing goes below them. */
  blocked: DrivePath[];
  /** Told of each file that was left out, and why. */
  onSkipped: (path: DrivePath, error: GoliathError) => void;
}

/** Commits the items in order, all or nothing but for files that are skipped. */
export async function commitBatch(
  parts: BatchParts,
  { items, ...options }: BatchOptions & { items: ReadyItem[] },
): Promise<void> {
  const { chunkBytes } = await parts.link.whenConnected(options.signal);
  const synced = await syncItems(parts, { items, ...options });
  let ready = options.reconcile ? await reconcile(parts, { ...options, items: synced }) : synced;
  for (let attempt = 1; ready.length > 0; attempt++) {
    try {
      return await commitOnce(parts, { items: ready, chunkBytes, ...options });
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !hasCode(error, "lease-lost", "unverified")) throw error;
      if (!hasCode(error, "unverified")) continue;
      const unchanged = await unchangedOf(parts, { ...options, items: ready });
      // No file changed: the index could not ask us, which may pass.
      if (unchanged.length === ready.length)
        await parts.clock.sleep(UNVERIFIED_WAIT_MS, options.signal);
      ready = unchanged;
    }
  }
}

interface Attempt extends BatchOptions {
  items: ReadyItem[];
  chunkBytes: number;
}

async function commitOnce(parts: BatchParts, attempt: Attempt): Promise<void> {
  const { owner, note, signal, chunkBytes } = attempt;
  const plans = attempt.items.map((item) => planOf(item, parts.placed));
  const fresh = plans.reduce((sum, plan) => sum + freshCount(plan), 0);
  using held = await parts.leases.hold(fresh, { signal });
  const builder = new BatchBuilder({ held, chunkBytes });
  attempt.items.forEach((item, i) => builder.add(item, plans[i] ?? []));
  await parts.leases.stage(builder.fresh, { signal });
  // Before the commit: the index asks us to show what we say we hold.
  await parts.placed.place(builder.files);
  const keep = { owner, effects: builder.effects };
  if (builder.changes.length === 0) return parts.commits.applyLocally(keep);
  await parts.commits.commit(
    {
      changes: builder.changes,
      leases: held.leases.map(({ lease }) => lease),
      locations: builder.fresh.map(({ first, count }): Location => ({
        first,
        count,
        peer: parts.link.peerId,
      })),
      ...(note === undefined ? {} : { note }),
    },
    { signal, keep },
  );
}

/** Collects what one attempt sends, handing out leased ids in order. */
class BatchBuilder {
  readonly changes: Change[] = [];
  readonly effects: unknown[] = [];
  readonly files: PlacedFile[] = [];
  readonly fresh: FreshChunks[];
  readonly #chunkBytes: number;
  #lease = 0;
  /** Ids taken of the current lease. */
  #taken = 0;

  constructor({ held, chunkBytes }: { held: HeldLeases; chunkBytes: number }) {
    this.#chunkBytes = chunkBytes;
    this.fresh = held.leases.map((lease) => ({
      ...lease,
      sums: new Uint8Array(lease.count * DIGEST_BYTES),
    }));
  }

  add(item: ReadyItem, plan: readonly PlannedRun[]): void {
    if ("change" in item) {
      this.changes.push(item.change);
      this.effects.push(item.effect);
      return;
    }
    const body = this.#bodyOf(item.hashed, plan);
    const { local, path, before } = item.file;
    const { stamp, sums } = item.hashed;
    this.files.push({ path: local, stamp, extents: body.extents, sums });
    this.effects.push(item.effect({ body, hashed: item.hashed }));
    if (!isSame(body, before)) this.changes.push({ op: "put", path, file: body });
  }

  #bodyOf(hashed: HashedFile, plan: readonly PlannedRun[]): FileBody {
    const { size, mtimeMs, executable, sums } = hashed;
    const take = (count: number, index: number): ChunkRun =>
      this.#take(count, sums.subarray(index * DIGEST_BYTES));
    const extents = extentsOf(plan, { bytes: size, chunkBytes: this.#chunkBytes, take });
    return { root: rootOf(sums), extents, size, mtimeMs, executable };
  }

  #take(wanted: number, sums: Uint8Array): ChunkRun {
    const lease = this.fresh[this.#lease];
    if (!lease) throw new GoliathError("internal", "fewer chunk ids were leased than planned");
    const count = Math.min(wanted, lease.count - this.#taken);
    const run = { first: (lease.first + this.#taken) as ChunkId, count };
    lease.sums.set(sums.subarray(0, count * DIGEST_BYTES), this.#taken * DIGEST_BYTES);
    this.#taken += count;
    if (this.#taken === lease.count) {
      this.#lease++;
      this.#taken = 0;
    }
    return run;
  }
}

function planOf(item: ReadyItem, placed: PlacedChunks): PlannedRun[] {
  if ("change" in item) return [];
  const { before, local } = item.file;
  const sums = before && (before.sums ?? placedSums(before, placed.placed(local)));
  return planChunks(
    item.hashed.sums,
    before && sums ? { extents: before.extents, sums } : undefined,
  );
}

/** What is placed may never have been committed: only the ids the drive has count. */
function placedSums(
  before: CommittedVersion,
  file: PlacedFile | undefined,
): Uint8Array | undefined {
  const same =
    file?.extents.length === before.extents.length &&
    file.extents.every((extent, i) => {
      const other = before.extents[i];
      return other?.first === extent.first && other.bytes === extent.bytes;
    });
  return same ? file?.sums : undefined;
}

/** Whether the drive has this very version: only the disk's stamp is to be remembered then. */
function isSame(body: FileBody, before: CommittedVersion | undefined): boolean {
  return (
    before !== undefined &&
    before.mtimeMs === body.mtimeMs &&
    before.executable === body.executable &&
    sizeOf(before.extents) === body.size &&
    before.extents.length === body.extents.length &&
    before.extents.every(({ first }, i) => first === body.extents[i]?.first) &&
    chunkCount(before.extents) === chunkCount(body.extents)
  );
}

/** Without the files that changed since they were read: they are published when they rest. */
async function unchangedOf(
  { disk }: BatchParts,
  { items, onSkipped }: BatchOptions & { items: ReadyItem[] },
): Promise<ReadyItem[]> {
  const unchanged: ReadyItem[] = [];
  for (const item of items) {
    const same =
      "change" in item ||
      (await isStillSame(disk, { local: item.file.local, hashed: item.hashed }));
    if (same) unchanged.push(item);
    else
      onSkipped(
        item.file.path,
        new GoliathError("changed", "the file changed while it was published"),
      );
  }
  return unchanged;
}

/** Asks what the drive has at the items' paths; what is the same there keeps its ids. */
async function reconcile(
  { link }: BatchParts,
  { items, signal, blocked, onSkipped }: BatchOptions & { items: ReadyItem[] },
): Promise<ReadyItem[]> {
  const ready: ReadyItem[] = [];
  for (let at = 0; at < items.length; at += RESOLVE_PATHS_MAX) {
    const some = items.slice(at, at + RESOLVE_PATHS_MAX);
    const paths = some.map(pathOf);
    const { entries } = await link.service.resolve({ paths, sums: true }, { signal });
    some.forEach((item, i) => {
      const path = pathOf(item);
      const met = meet(item, entries[i]);
      if (met && !blocked.some((dir) => isWithin(path, dir))) return ready.push(met);
      if (!met && "change" in item) blocked.push(path);
      const message = "the drive has something else at this path: move or remove it there";
      return onSkipped(path, new GoliathError("exists", message, { about: { path } }));
    });
  }
  return ready;
}

const pathOf = (item: ReadyItem): DrivePath => ("file" in item ? item.file.path : item.change.path);

/** The item knowing what stands at its path; undefined when that is of the other kind. */
function meet(item: ReadyItem, entry: Entry | undefined): ReadyItem | undefined {
  if ("change" in item)
    return entry?.kind === "file" && item.change.op === "mkdir" ? undefined : item;
  if (!entry) return { ...item, file: { ...item.file, before: undefined } };
  if (entry.kind !== "file") return undefined;
  const { sums } = item.hashed;
  const known = equalBytes(rootOf(sums), entry.root) ? sums : entry.sums;
  const before = known ? { ...entry, sums: known } : { ...entry };
  return { ...item, file: { ...item.file, before } };
}
