/** Answers other peers' wants, to members only. */
import type { ChunkReader } from "@goliath/chunks";
import { withDeadline, type Clock, type Log } from "@goliath/kit";
import type { Network } from "@goliath/net";
import {
  CHUNKS_BOUNDS,
  CHUNKS_PROTOCOL,
  serveChunks,
  type ChunksService,
} from "@goliath/protocols/chunks";
import { GoliathError, type PeerId } from "@goliath/protocols/nouns";
import { welcome } from "@goliath/protocols/pass";
import { FrameStream, type ByteStream } from "@goliath/protocols/wire";
import { HANDSHAKE_TIMEOUT_MS, type Admission } from "../session/admission.ts";

export interface ChunkServerInit {
  network: Network;
  admission: Admission;
  chunks: ChunkReader;
  clock: Clock;
  log: Log;
  /** Told of every chunk handed over, for rates. */
  onBytes: (bytes: number, peer: PeerId) => void;
}

export async function serveChunksOn(init: ChunkServerInit): Promise<void> {
  await init.network.handle(CHUNKS_PROTOCOL, (stream) => serveStream(init, stream));
}

async function serveStream(
  { admission, chunks, clock, onBytes }: ChunkServerInit,
  stream: ByteStream,
): Promise<void> {
  const frames = new FrameStream(stream, CHUNKS_BOUNDS);
  await withDeadline({ clock, timeoutMs: HANDSHAKE_TIMEOUT_MS }, (signal) =>
    welcome(frames, async (hello) => admission.admit(hello, stream.peer), { signal }),
  );
  const service: ChunksService = {
    read: async ({ id, offset = 0, length }, options) => {
      const bytes = await chunks.read(id, options);
      onBytes(bytes.length, stream.peer);
      if (offset === 0 && length === undefined) return bytes;
      return bytes.subarray(offset, length === undefined ? undefined : offset + length);
    },
    has: async ({ runs }) => chunks.held(runs),
    page: async () => {
      throw new GoliathError("missing", "no digest pages are kept here");
    },
    push: async () => {
      throw new GoliathError("forbidden", "this peer takes only chunks that the index announced");
    },
  };
  await serveChunks(frames, service);
}
