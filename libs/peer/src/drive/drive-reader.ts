/** What a client reads of the drive: entries, listings, bytes; and copies of them to this disk. */
import { basename, dirname, join } from "node:path";
import { mapBounded, type Disk } from "@goliath/kit";
import type { ListReply } from "@goliath/protocols/index";
import {
  GoliathError,
  hasCode,
  joinPath,
  nameOf,
  type DirEntry,
  type DrivePath,
  type Entry,
  type FileEntry,
  type Revision,
} from "@goliath/protocols/nouns";
import { secondsOf } from "../mirror/file-time.ts";
import type { ChunkFetcher, IndexLink } from "../parts.ts";
import { readFileRange, type ReadRange } from "./file-reader.ts";

/** Files fetched at once by `get`. */
const FILES_AT_ONCE = 8;

export interface DriveReaderInit {
  disk: Disk;
  link: IndexLink;
  fetcher: ChunkFetcher;
}

/** A path, as of a revision or now. */
export interface At {
  path: DrivePath;
  at?: Revision | undefined;
  signal?: AbortSignal | undefined;
}

export interface Walked {
  path: DrivePath;
  entry: Entry;
}

export interface GetProgress {
  files: number;
  bytes: number;
}

export interface GetResult extends GetProgress {
  /** Where the file or tree is now. */
  local: string;
}

export class DriveReader {
  readonly #disk: Disk;
  readonly #link: IndexLink;
  readonly #fetcher: ChunkFetcher;

  constructor({ disk, link, fetcher }: DriveReaderInit) {
    this.#disk = disk;
    this.#link = link;
    this.#fetcher = fetcher;
  }

  /** What stands at a path, with the revision that was read. */
  async resolve({
    path,
    at,
    signal,
  }: At): Promise<{ revision: Revision; entry: Entry | undefined }> {
    const request = { paths: [path], sums: true, ...(at === undefined ? {} : { at }) };
    const asked = this.#link.service.resolve(request, options(signal));
    const { revision, entries } = await asked.catch((thrown: unknown) => {
      throw explainRevision(thrown, at);
    });
    return { revision, entry: entries[0] };
  }

  /** Throws `not-found`. */
  async stat(where: At): Promise<{ revision: Revision; entry: Entry }> {
    const { revision, entry } = await this.resolve(where);
    if (!entry)
      throw new GoliathError("not-found", "nothing is there", { about: { path: where.path } });
    return { revision, entry };
  }

  async list(
    where: At & { after?: string | undefined; limit?: number | undefined },
  ): Promise<ListReply> {
    const { path, at, after, limit, signal } = where;
    const request = {
      where: { path },
      ...(at === undefined ? {} : { at }),
      ...(after === undefined ? {} : { after }),
      ...(limit === undefined ? {} : { limit }),
    };
    return this.#link.service.list(request, options(signal)).catch((thrown: unknown) => {
      throw explainRevision(thrown, at);
    });
  }

  /** Everything below a directory, parents before children, all of one revision. */
  async *walk({ path, at, signal }: At): AsyncGenerator<Walked> {
    const { revision, entry } = await this.stat({ path, at, signal });
    if (entry.kind === "file") yield { path, entry };
    else yield* this.#walkDir({ path, dir: entry, at: revision, signal });
  }

  /** The bytes of a file. Throws `not-found`, `is-a-directory`, `no-holder`. */
  async *read(where: At & ReadRange): AsyncGenerator<Uint8Array> {
    const { path, at, signal, ...range } = where;
    const { entry } = await this.stat({ path, at, signal });
    if (entry.kind === "dir") {
      throw new GoliathError("is-a-directory", "this is a directory: use get", { about: { path } });
    }
    yield* this.#bytes(entry, { ...range, ...options(signal) });
  }

  /** Copies a file or a tree of one revision to this disk. Existing files are never overwritten. */
  async get({
    path,
    at,
    local,
    signal,
    onProgress,
  }: At & { local: string; onProgress?: (progress: GetProgress) => void }): Promise<GetResult> {
    const { revision, entry } = await this.stat({ path, at, signal });
    const target = await this.#targetFor(local, nameOf(path));
    const done = { files: 0, bytes: 0 };
    const copy = async (file: FileEntry, to: string): Promise<void> => {
      for await (const bytes of this.#copyTo(file, { to, signal })) {
        done.bytes += bytes;
        onProgress?.(done);
      }
      done.files++;
    };
    if (entry.kind === "file") {
      await copy(entry, target);
      return { ...done, local: target };
    }
    await this.#disk.mkdir(target, { recursive: true });
    const below = this.#walkDir({ path, dir: entry, at: revision, signal });
    const prefix = path === "/" ? 1 : path.length + 1;
    await mapBounded(
      below,
      FILES_AT_ONCE,
      async (found) => {
        const to = join(target, found.path.slice(prefix));
        await this.#disk.mkdir(found.entry.kind === "dir" ? to : dirname(to), { recursive: true });
        if (found.entry.kind === "file") await copy(found.entry, to);
      },
      options(signal),
    );
    return { ...done, local: target };
  }

  async *#walkDir({
    path,
    dir,
    at,
    signal,
  }: At & { dir: DirEntry; at: Revision }): AsyncGenerator<Walked> {
    for (let after: string | undefined; ;) {
      const page = await this.#link.service.list(
        { where: { dir: dir.dir }, at, sums: true, ...(after === undefined ? {} : { after }) },
        options(signal),
      );
      for (const { name, entry } of page.entries) {
        const below = joinPath(path, name);
        yield { path: below, entry };
        if (entry.kind === "dir") yield* this.#walkDir({ path: below, dir: entry, at, signal });
      }
      if (page.next === undefined) return;
      after = page.next;
    }
  }

  async *#bytes(file: FileEntry, range: ReadRange): AsyncGenerator<Uint8Array> {
    const { chunkBytes } = this.#link.info() ?? (await this.#link.whenConnected(range.signal));
    const init = { service: this.#link.service, fetcher: this.#fetcher, chunkBytes };
    yield* readFileRange(init, { file, ...range });
  }

  /** Writes beside and links into place, so that a half file never has the final name. */
  async *#copyTo(
    file: FileEntry,
    { to, signal }: { to: string; signal: AbortSignal | undefined },
  ): AsyncGenerator<number> {
    const beside = join(dirname(to), `.goliath-get-${process.pid}-${basename(to).slice(0, 100)}`);
    const handle = await this.#disk.open(beside, "w", file.executable ? 0o755 : 0o644);
    try {
      for await (const bytes of this.#bytes(file, options(signal))) {
        await handle.writeFile(bytes);
        yield bytes.length;
      }
      await handle.sync();
      await handle.close();
      await this.#disk.utimes(beside, secondsOf(file.mtimeMs), secondsOf(file.mtimeMs));
      if (file.executable) await this.#disk.chmod(beside, 0o755);
      await this.#linkNew(beside, to);
    } finally {
      await handle.close().catch(() => undefined);
      await this.#disk.unlink(beside).catch(() => undefined);
    }
  }

  /** An existing folder takes the file or tree under its own name, as `cp` does. */
  async #targetFor(local: string, name: string): Promise<string> {
    const found = await this.#disk.lstat(local, { bigint: true }).catch(() => undefined);
    return found?.isDirectory() && name !== "" ? join(local, name) : local;
  }

  async #linkNew(from: string, to: string): Promise<void> {
    try {
      await this.#disk.link(from, to);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
      throw new GoliathError(
        "exists",
        `${to} is there already: move it away or choose another name`,
        { cause, about: { file: to } },
      );
    }
  }
}

/** To the index it is malformed; to a person it is a number that is not in the log yet. */
export function explainRevision(thrown: unknown, at: Revision | undefined): unknown {
  if (at === undefined || !hasCode(thrown, "bad-request") || thrown.about["id"] !== at)
    return thrown;
  const about = { revision: at };
  return new GoliathError("not-found", `there is no revision ${at} yet`, { cause: thrown, about });
}

function options(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
