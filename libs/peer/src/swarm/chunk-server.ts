/** Answers other peers' wants, to members only. */
import type { ChunkReader, NewChunk } from "@goliath/chunks";
import { withDeadline, type Clock, type Log, type RateLimiter } from "@goliath/kit";
import type { Network } from "@goliath/net";
import {
  CHUNKS_BOUNDS,
  CHUNKS_PROTOCOL,
  serveChunks,
  SMALL_CHUNK_BYTES_MAX,
  SMALL_REPLY_BYTES_MAX,
  type ChunksService,
  type ChunkWant,
} from "@goliath/protocols/chunks";
import { GoliathError, type ChunkId, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import { PASS_LIFETIME_MS, welcome, type Pass } from "@goliath/protocols/pass";
import { FrameStream, type ByteStream, type CallOptions } from "@goliath/protocols/wire";
import { HANDSHAKE_TIMEOUT_MS, type Admission } from "../session/admission.ts";

/**
 * Streams one peer may have open here: the one it reads on, and those it has given up on. Each may
 * hold 8 chunks that its reader does not take.
 */
const STREAMS_PER_PEER_MAX = 4;

export interface ChunkServerInit {
  network: Network;
  admission: Admission;
  chunks: ChunkReader;
  clock: Clock;
  log: Log;
  /** Bounds what is sent, in bytes of chunks. */
  upload: RateLimiter;
  /** The most that one chunk has. */
  chunkBytes: number;
  /** Told of every chunk handed over, for rates. */
  onBytes: (bytes: number, peer: PeerId) => void;
  /** Told that a chunk is being sent, until what it gives back is disposed of. */
  onUpload?: () => Disposable;
  /** Takes what a writer pushes; without it nothing is taken. */
  push?: (writer: PeerId, chunk: NewChunk, options?: CallOptions) => Promise<void>;
}

export async function serveChunksOn(init: ChunkServerInit): Promise<void> {
  await init.network.handle(CHUNKS_PROTOCOL, (stream) => serveStream(init, stream), {
    inboundMax: STREAMS_PER_PEER_MAX,
  });
}

async function serveStream(init: ChunkServerInit, stream: ByteStream): Promise<void> {
  const { clock, log } = init;
  const frames = new FrameStream(stream, CHUNKS_BOUNDS);
  const pass = await admit(init, frames);
  const ended = new AbortController();
  // A peer that was revoked while we could not hear of it is out within a day all the same.
  const goodForMs = Math.min(pass.expiresAt - clock.nowMs(), PASS_LIFETIME_MS);
  const expiry = clock.sleep(goodForMs, ended.signal).then(
    () => frames.abort(new GoliathError("no-pass", "the pass that was shown has expired")),
    () => undefined,
  );
  try {
    await serveChunks(frames, serviceFor(init, stream.peer), {
      onFault: (error) => log.error("a want failed by our fault", { error }),
    });
  } finally {
    ended.abort();
    await expiry;
  }
}

async function admit({ admission, clock }: ChunkServerInit, frames: FrameStream): Promise<Pass> {
  const shown = Promise.withResolvers<Pass>();
  await withDeadline({ clock, timeoutMs: HANDSHAKE_TIMEOUT_MS }, (signal) =>
    welcome(
      frames,
      async (hello) => {
        const admitted = admission.admit(hello, frames.peer);
        shown.resolve(admitted.pass);
        return admitted.welcome;
      },
      { signal },
    ),
  );
  return shown.promise;
}

function serviceFor(init: ChunkServerInit, peer: PeerId): ChunksService {
  const { chunks, push } = init;
  return {
    read: (want, options) => readWithin(init, { want, peer, options }),
    readSmall: (request, options) => readSmallWithin(init, { runs: request.runs, peer, options }),
    has: async ({ runs }) => chunks.held(runs),
    page: async () => {
      throw new GoliathError("missing", "no digest pages are kept here");
    },
    push: async (chunk, options) => {
      if (!push) throw new GoliathError("forbidden", "this peer takes no chunks");
      await push(peer, chunk, options);
    },
  };
}

interface SmallReading {
  runs: ChunkRun[];
  peer: PeerId;
  options: CallOptions | undefined;
}

async function readSmallWithin(
  { chunks, upload, onBytes, onUpload }: ChunkServerInit,
  { runs, peer, options }: SmallReading,
): Promise<(Uint8Array | undefined)[]> {
  using _uploading = onUpload?.();
  const ids = [...idsOf(runs)];
  const most = Math.min(ids.length * SMALL_CHUNK_BYTES_MAX, SMALL_REPLY_BYTES_MAX);
  await upload.take(most, { who: peer, signal: options?.signal });
  let sent = 0;
  try {
    const limits = { lengthMax: SMALL_CHUNK_BYTES_MAX, bytesMax: SMALL_REPLY_BYTES_MAX };
    const given = (await chunks.readSmall?.(ids, limits)) ?? [];
    sent = given.reduce((sum, bytes) => sum + (bytes?.length ?? 0), 0);
    onBytes(sent, peer);
    return given;
  } finally {
    upload.giveBack(most - sent);
  }
}

function* idsOf(runs: readonly ChunkRun[]): Generator<ChunkId> {
  for (const { first, count } of runs) {
    for (let at = 0; at < count; at++) yield (first + at) as ChunkId;
  }
}

interface Reading {
  want: ChunkWant;
  peer: PeerId;
  options: CallOptions | undefined;
}

/**
 * Reads when it is this peer's turn to be sent something: what waits for its turn takes no memory.
 * How much it is is known afterwards.
 */
async function readWithin(
  { chunks, chunkBytes, upload, onBytes, onUpload }: ChunkServerInit,
  { want: { id, offset = 0, length = chunkBytes }, peer, options }: Reading,
): Promise<Uint8Array> {
  using _uploading = onUpload?.();
  const most = Math.min(length, chunkBytes);
  await upload.take(most, { who: peer, signal: options?.signal });
  let sent = 0;
  try {
    const bytes = (await chunks.read(id, options)).subarray(offset, offset + length);
    sent = bytes.length;
    onBytes(sent, peer);
    return bytes;
  } finally {
    upload.giveBack(most - sent);
  }
}
