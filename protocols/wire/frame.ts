/**
 * Frames: how every Goliath protocol cuts a stream of bytes into messages.
 *
 *   u32 header length | u32 payload length | header (protobuf) | payload (raw bytes)     big-endian
 *
 * The header says what the payload is; the payload is neither wrapped nor escaped. Both lengths are
 * checked against the protocol's bounds before memory is taken for them.
 */
import { pipe } from "it-pipe";
import { Uint8ArrayList } from "uint8arraylist";
import { GoliathError, type PeerId } from "../nouns/exports.ts";
import type { ByteStream } from "./byte-stream.ts";

/** Bytes before the header. */
export const FRAME_PREFIX_BYTES = 8;

export interface FrameBounds {
  headerBytesMax: number;
  payloadBytesMax: number;
}

export interface Frame {
  header: Uint8Array;
  payload: Uint8Array;
}

const NOTHING = new Uint8Array();

/** The bytes of a frame; the payload is referenced, not copied. */
export function encodeFrame(header: Uint8Array, payload: Uint8Array = NOTHING): Uint8Array[] {
  const start = Buffer.allocUnsafe(FRAME_PREFIX_BYTES + header.length);
  start.writeUInt32BE(header.length, 0);
  start.writeUInt32BE(payload.length, 4);
  start.set(header, FRAME_PREFIX_BYTES);
  return payload.length > 0 ? [start, payload] : [start];
}

/**
 * A transform from bytes to frames. Throws `too-large` for a length beyond the bounds and
 * `bad-request` for a stream that ends inside a frame.
 */
export function decodeFrames({ headerBytesMax, payloadBytesMax }: FrameBounds) {
  return async function* (source: AsyncIterable<Uint8Array | Uint8ArrayList>): AsyncGenerator<Frame> {
    const held = new Uint8ArrayList();
    let wanted = FRAME_PREFIX_BYTES;
    for await (const bytes of source) {
      held.append(bytes);
      while (held.length >= wanted) {
        const lengths = readLengths(held);
        if (lengths.header > headerBytesMax || lengths.payload > payloadBytesMax) {
          throw new GoliathError("too-large", "a frame is longer than its protocol allows");
        }
        wanted = FRAME_PREFIX_BYTES + lengths.header + lengths.payload;
        if (held.length < wanted) break;
        yield takeFrame(held, lengths);
        wanted = FRAME_PREFIX_BYTES;
      }
    }
    if (held.length > 0) throw new GoliathError("bad-request", "the stream ended inside a frame");
  };
}

interface FrameLengths {
  header: number;
  payload: number;
}

function readLengths(held: Uint8ArrayList): FrameLengths {
  const prefix = Buffer.from(held.subarray(0, FRAME_PREFIX_BYTES));
  return { header: prefix.readUInt32BE(0), payload: prefix.readUInt32BE(4) };
}

function takeFrame(held: Uint8ArrayList, { header, payload }: FrameLengths): Frame {
  const headerEnd = FRAME_PREFIX_BYTES + header;
  const frame = {
    header: held.slice(FRAME_PREFIX_BYTES, headerEnd),
    payload: payload > 0 ? held.slice(headerEnd, headerEnd + payload) : NOTHING,
  };
  held.consume(headerEnd + payload);
  return frame;
}

/**
 * One stream as frames in both directions. Frames sent in one turn of the event loop leave in one
 * write.
 */
export class FrameStream {
  readonly peer: PeerId;
  readonly #stream: ByteStream;
  readonly #frames: AsyncGenerator<Frame>;
  #pending: Uint8ArrayList | undefined;
  #flushed: Promise<void> = Promise.resolve();

  constructor(stream: ByteStream, bounds: FrameBounds) {
    this.peer = stream.peer;
    this.#stream = stream;
    this.#frames = pipe(stream, decodeFrames(bounds));
  }

  /** The next frame, or undefined once the other side closed. One caller at a time. */
  async next(): Promise<Frame | undefined> {
    const { value, done } = await this.#frames.next();
    return done ? undefined : value;
  }

  /** Every further frame. */
  async *frames(): AsyncGenerator<Frame> {
    for (let frame = await this.next(); frame; frame = await this.next()) yield frame;
  }

  /** Resolves when the stream can take more. */
  send(header: Uint8Array, payload?: Uint8Array): Promise<void> {
    if (!this.#pending) {
      this.#pending = new Uint8ArrayList();
      this.#flushed = this.#flushed.then(() => this.#flush());
      this.#flushed.catch(() => undefined);
    }
    this.#pending.appendAll(encodeFrame(header, payload));
    return this.#flushed;
  }

  async close(): Promise<void> {
    await this.#flushed;
    await this.#stream.close();
  }

  abort(error: Error): void {
    this.#stream.abort(error);
  }

  #flush(): Promise<void> {
    const bytes = this.#pending;
    this.#pending = undefined;
    return bytes ? this.#stream.send(bytes) : Promise.resolve();
  }
}
