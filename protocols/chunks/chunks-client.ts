/** The asking end of the chunks protocol. */
import {
  DIGEST_BYTES,
  GoliathError,
  type ChunkId,
  type ChunkRun,
  type Digest,
} from "../nouns/exports.ts";
import { Caller, type CallOptions, type FrameStream, type Message } from "../wire/exports.ts";
import { PAGE_BYTES_MAX } from "./bounds.ts";
import { decodeReply, encodeRequest, type ChunksReply, type ChunksRequest } from "./chunks-wire.ts";
import { WANTS_IN_FLIGHT_MAX, type ChunksService, type ChunkWant } from "./service.ts";

/**
 * Asks one peer over one stream, after its handshake; many calls may be under way. An aborted call
 * is given up at the other side too. Whoever takes bytes from here checks their digest.
 */
export class ChunksClient implements ChunksService {
  readonly #caller: Caller<ChunksRequest, ChunksReply>;

  constructor(frames: FrameStream) {
    this.#caller = new Caller<ChunksRequest, ChunksReply>({
      frames,
      encode: encodeRequest,
      decode: decodeReply,
      cancel: { ask: "cancel" },
      inFlightMax: WANTS_IN_FLIGHT_MAX,
    });
  }

  /** Settles when the stream ended. Never rejects. */
  get closed(): Promise<void> {
    return this.#caller.closed;
  }

  async read(want: ChunkWant, options?: CallOptions): Promise<Uint8Array> {
    const { payload } = await this.#caller.call({ ask: "read", want }, options);
    if (want.length === undefined || payload.length <= want.length) return payload;
    throw new GoliathError("corrupt", "more bytes came than were asked for", {
      about: { id: want.id },
    });
  }

  /** Throws `too-large` for more than `READ_SMALL_MAX` chunks. */
  async readSmall(
    { runs }: { runs: ChunkRun[] },
    options?: CallOptions,
  ): Promise<(Uint8Array | undefined)[]> {
    const count = runs.reduce((sum, run) => sum + run.count, 0);
    const reply = await this.#caller.call({ ask: "readSmall", runs }, options);
    return splitSmall(reply, count);
  }

  /** Throws `too-large` for more than `HAS_RUNS_MAX` runs. */
  async has({ runs }: { runs: ChunkRun[] }, options?: CallOptions): Promise<ChunkRun[]> {
    const { body } = await this.#caller.call({ ask: "has", runs }, options);
    return body.runs;
  }

  async page(
    { root, pageIndex }: { root: Digest; pageIndex: number },
    options?: CallOptions,
  ): Promise<{ leaves: Uint8Array; sums: Uint8Array }> {
    return splitPage(await this.#caller.call({ ask: "page", root, pageIndex }, options));
  }

  async push(
    { id, digest, bytes }: { id: ChunkId; digest: Digest; bytes: Uint8Array },
    options?: CallOptions,
  ): Promise<void> {
    await this.#caller.call({ ask: "push", id, digest }, { ...options, payload: bytes });
  }

  /** Ends our side: no further calls, those under way are still answered. */
  close(): Promise<void> {
    return this.#caller.close();
  }

  abort(error: Error): void {
    this.#caller.abort(error);
  }
}

/** Each its own view of what came. */
function splitSmall(
  { body: { lengths }, payload }: Message<ChunksReply>,
  count: number,
): (Uint8Array | undefined)[] {
  const total = lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0);
  if (lengths.length !== count || total !== payload.length)
    throw new GoliathError("corrupt", "chunks that came together do not add up");
  let at = 0;
  return lengths.map((length) =>
    length === undefined ? undefined : payload.subarray(at, (at += length)),
  );
}

function splitPage({ body, payload }: Message<ChunksReply>): {
  leaves: Uint8Array;
  sums: Uint8Array;
} {
  const leaves = payload.subarray(0, body.leavesBytes);
  const sums = payload.subarray(body.leavesBytes);
  const fits =
    leaves.length === body.leavesBytes &&
    leaves.length % DIGEST_BYTES === 0 &&
    sums.length % DIGEST_BYTES === 0 &&
    sums.length <= PAGE_BYTES_MAX;
  if (!fits) throw new GoliathError("corrupt", "a page of digests does not add up");
  return { leaves, sums };
}
