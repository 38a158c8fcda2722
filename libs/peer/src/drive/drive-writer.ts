/** What a client changes in the drive. Each call is one revision, or nothing happened. */
import {
  isExecutable,
  isSameStamp,
  mtimeMsOf,
  OPEN_IN_PLACE,
  stampOf,
  type ChunkStore,
} from "@goliath/chunks";
import type { Clock, Disk, DiskFile } from "@goliath/kit";
import type { CommitReply } from "@goliath/protocols/index";
import {
  COMMIT_CHANGES_MAX,
  GoliathError,
  hasCode,
  isWithin,
  ROOT_PATH,
  rootOf,
  type Change,
  type DrivePath,
  type FileBody,
  type FileEntry,
  type PolicyChange,
  type Revision,
} from "@goliath/protocols/nouns";
import { troubleOf } from "../disk-trouble.ts";
import type { IndexLink } from "../parts.ts";
import type { CopySpread, CopiesWish } from "../publish/copy-spread.ts";
import type { Publisher } from "../publish/publisher.ts";
import { chunksOfFile } from "./chunks-of-file.ts";
import { explainRevision, type DriveReader } from "./drive-reader.ts";
import { rechunk } from "./rechunk.ts";
import { checkNoneShared, checkNotShared, type SharedPath } from "./shared-paths.ts";
import { StoredCommits, type StoredCommit } from "./stored-commits.ts";
import type { ChunkWriter, StoredChunks } from "./stored-file.ts";
import { notCopied, walkLocal, type LocalFile } from "./walk-local.ts";

/** Times an append is tried again because another writer's came first. */
const APPEND_ATTEMPTS_MAX = 64;

export interface DriveWriterInit {
  disk: Disk;
  link: IndexLink;
  reader: DriveReader;
  store: ChunkStore;
  publisher: Publisher;
  /** Begins to spread the chunks of one put over keepers. */
  spread: (put: CopiesWish & { path: DrivePath; signal: AbortSignal }) => CopySpread;
  clock: Clock;
  /** The folders this peer shares: what is published from a folder is changed in the folder. */
  shared: () => readonly SharedPath[];
}

export interface PutOptions {
  path: DrivePath;
  signal: AbortSignal;
  onProgress?: (progress: { files: number; bytes: number }) => void;
  /** Keepers that are to have it; without it this peer alone does at first. */
  wish?: CopiesWish | undefined;
}

export interface PutStreamOptions extends PutOptions {
  bytes: AsyncIterable<Uint8Array>;
  /** When what the bytes come from was changed; now where nothing tells. */
  mtimeMs?: number | undefined;
}

export interface PutResult {
  revision: Revision;
  files: number;
  bytes: number;
}

export interface AppendOptions {
  path: DrivePath;
  bytes: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
  /** Keepers that are to have what is appended, and what stands there, from now on. */
  wish?: CopiesWish | undefined;
}

export interface AppendResult {
  revision: Revision;
  /** Where it begins. */
  offset: number;
  bytes: number;
}

export class DriveWriter {
  readonly #init: DriveWriterInit;
  readonly #stored: StoredCommits;

  constructor(init: DriveWriterInit) {
    this.#init = init;
    this.#stored = new StoredCommits(init);
  }

  async mkdir(path: DrivePath, signal: AbortSignal): Promise<CommitReply> {
    checkNotShared(this.#init.shared(), path);
    return this.#commit([{ op: "mkdir", path }], signal);
  }

  /** Says how many copies what stands at a path has, where, and how long its past is kept. */
  async setPolicy({
    path,
    policy,
    signal,
  }: {
    path: DrivePath;
    policy: PolicyChange;
    signal: AbortSignal;
  }): Promise<CommitReply> {
    return this.#commit([{ op: "policy", path, policy }], signal);
  }

  async move({
    from,
    to,
    signal,
  }: {
    from: DrivePath;
    to: DrivePath;
    signal: AbortSignal;
  }): Promise<CommitReply> {
    if (from === ROOT_PATH) throw new GoliathError("bad-request", "the root cannot be moved");
    if (from !== to && isWithin(to, from))
      throw new GoliathError("bad-request", `${from} cannot be moved into itself`);
    checkNoneShared(this.#init.shared(), from);
    checkNotShared(this.#init.shared(), to);
    return this.#commit([{ op: "move", path: from, to }], signal);
  }

  /** Removes a file or, when asked to, a directory with all below it. */
  async remove({
    path,
    recursive,
    signal,
  }: {
    path: DrivePath;
    recursive: boolean;
    signal: AbortSignal;
  }): Promise<CommitReply> {
    if (path === ROOT_PATH) throw new GoliathError("bad-request", "the root cannot be removed");
    const { entry } = await this.#init.reader.stat({ path, signal });
    if (entry.kind === "dir" && !recursive) {
      throw new GoliathError(
        "is-a-directory",
        "this is a directory: add --recursive to remove it with all below it",
        { about: { path } },
      );
    }
    checkNoneShared(this.#init.shared(), path);
    return this.#commit([{ op: "remove", path }], signal);
  }

  /** Puts back what stood at a path in an old revision. */
  async restore({
    path,
    at,
    to,
    signal,
  }: {
    path: DrivePath;
    at: Revision;
    to: DrivePath;
    signal: AbortSignal;
  }): Promise<CommitReply> {
    checkNoneShared(this.#init.shared(), to);
    const { entry } = await this.#init.reader.resolve({ path: to, signal });
    const changes: Change[] = [{ op: "copy", from: path, at, path: to }];
    if (entry?.kind === "dir") changes.unshift({ op: "remove", path: to });
    return this.#commit(changes, signal).catch((thrown: unknown) => {
      throw explainRevision(thrown, at);
    });
  }

  /** Copies local files into this peer's store and the drive: one commit for all of them. */
  async put({
    local,
    path,
    signal,
    onProgress,
    wish,
  }: PutOptions & { local: string }): Promise<PutResult> {
    checkNotShared(this.#init.shared(), path);
    const { chunkBytes } = await this.#init.link.reachable(signal);
    const changes: Change[] = [];
    const done = { files: 0, bytes: 0 };
    await using spread = wish && this.#init.spread({ ...wish, path, signal });
    using writer = this.#stored.writer(spread);
    try {
      for await (const found of walkLocal(this.#init.disk, { local, path })) {
        signal.throwIfAborted();
        if (changes.length >= COMMIT_CHANGES_MAX) {
          throw new GoliathError(
            "too-large",
            `more than ${COMMIT_CHANGES_MAX} files at once: share the folder instead`,
          );
        }
        if (found.kind === "dir") changes.push({ op: "mkdir", path: found.path });
        else {
          const file = await this.#store(writer, {
            ...found,
            chunkBytes,
            signal,
            onBytes: (bytes) => {
              done.bytes += bytes;
              onProgress?.(done);
            },
          });
          changes.push({ op: "put", path: found.path, file });
          done.files++;
        }
      }
      if (wish) changes.push(copiesOf(path, wish));
      const { revision } = await this.#stored.commit(writer, { changes, signal, spread, wish });
      return { revision, ...done };
    } catch (error) {
      await writer.discard();
      throw error;
    }
  }

  /** Stores a stream of bytes as a file. */
  async putStream({
    path,
    bytes,
    signal,
    onProgress,
    wish,
    mtimeMs = this.#init.clock.nowMs(),
  }: PutStreamOptions): Promise<PutResult> {
    checkNotShared(this.#init.shared(), path);
    const { chunkBytes } = await this.#init.link.reachable(signal);
    await using spread = wish && this.#init.spread({ ...wish, path, signal });
    using writer = this.#stored.writer(spread);
    try {
      let seen = 0;
      const onBytes = (length: number): void => onProgress?.({ files: 0, bytes: (seen += length) });
      const stored = await writer.store(rechunk(bytes, chunkBytes), { signal, onBytes });
      const { size, extents, sums } = stored;
      const file: FileBody = {
        size,
        extents,
        root: rootOf(sums),
        mtimeMs: Math.floor(mtimeMs),
        executable: false,
      };
      const { revision } = await this.#stored.commit(writer, {
        changes: [{ op: "put", path, file }, ...(wish ? [copiesOf(path, wish)] : [])],
        signal,
        spread,
        wish,
      });
      return { revision, files: 1, bytes: size };
    } catch (error) {
      await writer.discard();
      throw error;
    }
  }

  /**
   * Appends bytes to a file, making it when absent. The bytes become chunks of their own; the
   * revision they are added to is a precondition, so appends of all writers have one order and each
   * happens once.
   */
  async append({ path, bytes, signal, wish }: AppendOptions): Promise<AppendResult> {
    checkNotShared(this.#init.shared(), path);
    const { chunkBytes } = await this.#init.link.reachable(signal);
    await using spread = wish && this.#init.spread({ ...wish, path, signal });
    using writer = this.#stored.writer(spread);
    try {
      const stored = await writer.store(rechunk(bytes, chunkBytes), { signal });
      return await this.#appendStored(writer, { path, stored, signal, spread, wish });
    } catch (error) {
      await writer.discard();
      throw error;
    }
  }

  /** Again and again where another writer's came first. */
  async #appendStored(
    writer: ChunkWriter,
    { path, stored, ...commit }: StoredAppend,
  ): Promise<AppendResult> {
    const { signal, wish } = commit;
    for (let attempt = 1; ; attempt++) {
      const { entry } = await this.#init.reader.resolve({ path, signal });
      if (entry?.kind === "dir")
        throw new GoliathError("is-a-directory", "cannot append to a directory", {
          about: { path },
        });
      const before = entry ? await this.#allSums(entry, signal) : new Uint8Array();
      const file: FileBody = {
        size: (entry?.size ?? 0) + stored.size,
        extents: [...(entry?.extents ?? []), ...stored.extents],
        root: rootOf(Buffer.concat([before, stored.sums])),
        mtimeMs: Math.floor(this.#init.clock.nowMs()),
        executable: entry?.executable ?? false,
      };
      const when = entry ? { revision: entry.revision } : { absent: true as const };
      const changes: Change[] = [{ op: "put", path, file, when }];
      if (wish) changes.push(copiesOf(path, wish));
      try {
        const { revision } = await this.#stored.commit(writer, { ...commit, changes });
        return { revision, offset: entry?.size ?? 0, bytes: stored.size };
      } catch (error) {
        if (!hasCode(error, "conflict", "exists") || attempt >= APPEND_ATTEMPTS_MAX) throw error;
      }
    }
  }

  async #allSums(entry: FileEntry, signal: AbortSignal): Promise<Uint8Array> {
    if (entry.sums) return entry.sums;
    const { service } = this.#init.link;
    const sums: Uint8Array[] = [];
    for (const { first, count } of entry.extents) {
      for (let at = 0; at < count; at += 4096) {
        const run = { first: (first + at) as typeof first, count: Math.min(4096, count - at) };
        sums.push(await service.digests({ runs: [run] }, { signal }));
      }
    }
    return Buffer.concat(sums);
  }

  /** A file may have gone away since its folder was listed. */
  async #open(local: string): Promise<DiskFile> {
    return this.#init.disk.open(local, OPEN_IN_PLACE).catch((cause: unknown) => {
      const text = `${local} cannot be read: ${troubleOf(cause)}`;
      throw new GoliathError("changed", text, { cause, about: { path: local } });
    });
  }

  async #store(
    writer: ChunkWriter,
    file: LocalFile & { chunkBytes: number; signal: AbortSignal; onBytes: (bytes: number) => void },
  ): Promise<FileBody> {
    const handle = await this.#open(file.local);
    try {
      const before = await handle.stat({ bigint: true });
      if (!before.isFile()) throw notCopied(file.local);
      const chunks = chunksOfFile(handle, file.chunkBytes);
      const { extents, sums, size } = await writer.store(chunks, file);
      const after = await handle.stat({ bigint: true });
      if (!isSameStamp(stampOf(before), stampOf(after)) || Number(after.size) !== size) {
        throw new GoliathError("changed", "the file changed while it was read: try again", {
          about: { file: file.local },
        });
      }
      return {
        size,
        extents,
        root: rootOf(sums),
        mtimeMs: mtimeMsOf(before),
        executable: isExecutable(before),
      };
    } finally {
      await handle.close();
    }
  }

  #commit(changes: Change[], signal: AbortSignal): Promise<CommitReply> {
    return this.#init.publisher.commit({ changes }, { signal });
  }
}

interface StoredAppend extends Omit<StoredCommit, "changes"> {
  path: DrivePath;
  stored: StoredChunks;
}

/** What is asked for now is what is to be from now on. */
function copiesOf(path: DrivePath, { copies }: CopiesWish): Change {
  return { op: "policy", path, policy: { copies } };
}
