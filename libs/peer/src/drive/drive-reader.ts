/** What a client reads of the drive: entries, listings, bytes; and copies of them to this disk. */
import { join } from "node:path";
import { mapBounded, type Disk } from "@goliath/kit";
import type { IndexService, ListReply, ResolveReply } from "@goliath/protocols/index";
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
import type { ChunkFetcher, IndexLink, KnownTree } from "../parts.ts";
import { knownWhileAway } from "./known-while-away.ts";
import type { GetsUnderWay } from "./gets-under-way.ts";
import { LocalCopy } from "./local-copy.ts";
import { readFileRange, type ReadRange } from "./file-reader.ts";

/** Files fetched at once by `get`. */
const FILES_AT_ONCE = 8;

export interface DriveReaderInit {
  disk: Disk;
  link: IndexLink;
  fetcher: ChunkFetcher;
  /** Answers while the index is away; absent for who may not act on what could be old. */
  known?: KnownTree;
  gets: GetsUnderWay;
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
  readonly #copy: LocalCopy;
  readonly #link: IndexLink;
  readonly #service: Pick<IndexService, "resolve" | "list" | "digests">;
  readonly #fetcher: ChunkFetcher;
  readonly #gets: GetsUnderWay;

  constructor({ disk, link, fetcher, known, gets }: DriveReaderInit) {
    this.#copy = new LocalCopy(disk);
    this.#link = link;
    this.#service = known ? knownWhileAway(link.service, known) : link.service;
    this.#fetcher = fetcher;
    this.#gets = gets;
  }

  /** What stands at a path, with the revision that was read. */
  async resolve({
    path,
    at,
    signal,
  }: At): Promise<{ revision: Revision; entry: Entry | undefined }> {
    const { revision, entries } = await this.resolveAll({ paths: [path], at, signal });
    return { revision, entry: entries[0] };
  }

  /** What stands at each path, all in one revision. */
  async resolveAll({
    paths,
    at,
    signal,
  }: Omit<At, "path"> & { paths: DrivePath[] }): Promise<ResolveReply> {
    const request = { paths, sums: true, ...(at === undefined ? {} : { at }) };
    return this.#service.resolve(request, options(signal)).catch((thrown: unknown) => {
      throw explainRevision(thrown, at);
    });
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
    return this.#service.list(request, options(signal)).catch((thrown: unknown) => {
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
    const target = await this.#copy.targetFor(local, nameOf(path));
    const done = { files: 0, bytes: 0 };
    const { mark, end } = this.#gets.begin(target);
    const copy = async (file: FileEntry, { to, real }: { to: string; real: boolean }) => {
      const source = this.#bytes(file, options(signal));
      for await (const bytes of this.#copy.write(source, { to, file, real, mark })) {
        done.bytes += bytes;
        onProgress?.(done);
      }
      done.files++;
    };
    if (entry.kind === "file") {
      await copy(entry, { to: target, real: false });
      end();
      return { ...done, local: target };
    }
    const root = await this.#copy.makeRoot(target);
    const prefix = path === "/" ? 1 : path.length + 1;
    const files = this.#withFolders({ path, dir: entry, at: revision, signal }, { root, prefix });
    await mapBounded(
      files,
      FILES_AT_ONCE,
      ({ to, file }) => copy(file, { to, real: true }),
      options(signal),
    );
    end();
    return { ...done, local: target };
  }

  /** The files below a directory, each after its folders were made. */
  async *#withFolders(
    where: At & { dir: DirEntry; at: Revision },
    { root, prefix }: { root: string; prefix: number },
  ): AsyncGenerator<{ to: string; file: FileEntry }> {
    for await (const { path, entry } of this.#walkDir(where)) {
      const to = join(root, path.slice(prefix));
      if (entry.kind === "dir") await this.#copy.makeFolder(to);
      else yield { to, file: entry };
    }
  }

  async *#walkDir({
    path,
    dir,
    at,
    signal,
  }: At & { dir: DirEntry; at: Revision }): AsyncGenerator<Walked> {
    for (let after: string | undefined; ;) {
      const page = await this.#service.list(
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
    const init = { service: this.#service, fetcher: this.#fetcher, chunkBytes };
    yield* readFileRange(init, { file, ...range });
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
