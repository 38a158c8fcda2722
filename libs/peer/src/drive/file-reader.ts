/** Reads the bytes of one version of a file, any range of it, from wherever its chunks are. */
import { DIGESTS_MAX, type IndexService } from "@goliath/protocols/index";
import {
  checkExtents,
  DIGEST_BYTES,
  digestAt,
  GoliathError,
  spansOf,
  type ChunkRun,
  type ChunkSpan,
  type FileBody,
} from "@goliath/protocols/nouns";
import type { ChunkFetcher } from "../parts.ts";

/** Chunks asked for ahead of the reader: 8 MiB of full ones. */
const READ_AHEAD_CHUNKS = 8;
/** Chunks whose digests are asked for at a time; well below what one request may carry. */
const DIGESTS_AT_ONCE = 512;

export interface ReadRange {
  /** First byte, from 0. */
  offset?: number;
  /** Bytes at most; to the end when absent. */
  length?: number;
  signal?: AbortSignal;
}

export interface FileReaderInit {
  service: Pick<IndexService, "digests">;
  fetcher: ChunkFetcher;
  chunkBytes: number;
}

/** A chunk of the range with its digest. */
interface Wanted extends ChunkSpan {
  digest: ReturnType<typeof digestAt>;
}

/**
 * The bytes of the range in order, a chunk at a time. Touches only the digests and chunks of the
 * range. Throws `no-holder`, `aborted`.
 */
export async function* readFileRange(
  init: FileReaderInit,
  { file, offset = 0, length = Infinity, signal }: ReadRange & { file: FileBody },
): AsyncGenerator<Uint8Array> {
  const end = Math.min(offset + length, file.size);
  if (offset >= end) return;
  const { chunkBytes, fetcher } = init;
  checkExtents(file.extents, chunkBytes);
  const spans = spansOf(file.extents, { chunkBytes, from: offset, to: end });
  const stop = new AbortController();
  const stopped = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const ahead: { span: Wanted; bytes: Promise<Uint8Array> }[] = [];
  const wanted = withDigests(init, { file, spans, signal: stopped });
  try {
    for (let more = true; more || ahead.length > 0;) {
      // What lies on this disk comes without anybody being asked, who could refuse.
      stopped.throwIfAborted();
      while (more && ahead.length < READ_AHEAD_CHUNKS) {
        const { value: span, done } = await wanted.next();
        if (done) more = false;
        else {
          const bytes = fetcher.fetch(span, { signal: stopped });
          bytes.catch(() => undefined);
          ahead.push({ span, bytes });
        }
      }
      const next = ahead.shift();
      if (!next) return;
      yield cut(await next.bytes, { start: next.span.offset, from: offset, to: end });
    }
  } finally {
    stop.abort(new GoliathError("aborted", "the reader stopped"));
  }
}

async function* withDigests(
  { service }: FileReaderInit,
  { file, spans, signal }: { file: FileBody; spans: Iterable<ChunkSpan>; signal: AbortSignal },
): AsyncGenerator<Wanted> {
  for (const group of groupsOf(spans)) {
    const sums = file.sums
      ? Buffer.concat(group.map(({ index }) => digestAt(file.sums as Uint8Array, index)))
      : await service.digests({ runs: runsOf(group) }, { signal });
    if (sums.length !== group.length * DIGEST_BYTES) {
      throw new GoliathError("internal", "the index answered with too few digests");
    }
    for (const [i, span] of group.entries()) yield { ...span, digest: digestAt(sums, i) };
  }
}

/** The first group is small, so that the first byte of a range comes early. */
function* groupsOf(spans: Iterable<ChunkSpan>): Generator<ChunkSpan[]> {
  let group: ChunkSpan[] = [];
  let max = READ_AHEAD_CHUNKS;
  for (const span of spans) {
    group.push(span);
    if (group.length < max) continue;
    yield group;
    group = [];
    max = Math.min(DIGESTS_AT_ONCE, DIGESTS_MAX);
  }
  if (group.length > 0) yield group;
}

function runsOf(spans: readonly ChunkSpan[]): ChunkRun[] {
  const runs: ChunkRun[] = [];
  for (const { id } of spans) {
    const last = runs.at(-1);
    if (last && last.first + last.count === id) last.count++;
    else runs.push({ first: id, count: 1 });
  }
  return runs;
}

function cut(
  bytes: Uint8Array,
  { start, from, to }: { start: number; from: number; to: number },
): Uint8Array {
  return bytes.subarray(Math.max(0, from - start), Math.min(bytes.length, to - start));
}
