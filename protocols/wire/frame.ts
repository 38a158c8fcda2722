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
 * A transform from bytes to frames, which asks for the bounds anew at each frame. Throws
 * `too-large` for a length beyond them and `bad-request` for a stream that ends inside a frame.
 */
export function decodeFrames(bounds: () => FrameBounds) {
  return async function* (
    source: AsyncIterable<Uint8Array | Uint8ArrayList>,
  ): AsyncGenerator<Frame> {
    for await (const frames of decodeArrivals(bounds)(source)) yield* frames;
  };
}

/**
 * The same, with the frames that end in one arrival together: a hundred small ones are then not
 * waited for one by one. Each is decoded when it is asked for; all of them before the next arrival.
 */
function decodeArrivals(bounds: () => FrameBounds) {
  return async function* (
    source: AsyncIterable<Uint8Array | Uint8ArrayList>,
  ): AsyncGenerator<Generator<Frame, void>> {
    const partial = new PartialFrame(bounds);
    for await (const bytes of source) yield partial.framesIn(bytes);
    if (partial.begun) throw new GoliathError("bad-request", "the stream ended inside a frame");
  };
}

/**
 * The frame being received. Its bytes are copied into one buffer as they come, so that what a frame
 * costs in memory is its length, in however many small pieces it is sent.
 */
class PartialFrame {
  readonly #bounds: () => FrameBounds;
  readonly #prefix = Buffer.alloc(FRAME_PREFIX_BYTES);
  #prefixBytes = 0;
  #headerLength = 0;
  #body: Uint8Array | undefined;
  #bodyBytes = 0;

  constructor(bounds: () => FrameBounds) {
    this.#bounds = bounds;
  }

  get begun(): boolean {
    return this.#prefixBytes > 0;
  }

  /** The frames that end in these bytes. Once one was too long, it stays so. */
  *framesIn(bytes: Uint8Array | Uint8ArrayList): Generator<Frame, void> {
    for (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
      for (let taken = 0; taken < piece.length;) {
        taken += this.#fill(taken === 0 ? piece : piece.subarray(taken));
        if (this.#body?.length === this.#bodyBytes) yield this.#take(this.#body);
      }
    }
  }

  /** Takes what belongs to this frame and returns how many bytes that was. */
  #fill(piece: Uint8Array): number {
    if (this.#body) {
      const taken = piece.subarray(0, this.#body.length - this.#bodyBytes);
      this.#body.set(taken, this.#bodyBytes);
      this.#bodyBytes += taken.length;
      return taken.length;
    }
    const taken = piece.subarray(0, FRAME_PREFIX_BYTES - this.#prefixBytes);
    this.#prefix.set(taken, this.#prefixBytes);
    this.#prefixBytes += taken.length;
    if (this.#prefixBytes === FRAME_PREFIX_BYTES) this.#begin();
    return taken.length;
  }

  /** The complete frame; the next one begins. */
  #take(body: Uint8Array): Frame {
    this.#body = undefined;
    this.#prefixBytes = 0;
    return {
      // A copy: who keeps a digest out of the header must not keep the payload alive with it.
      header: new Uint8Array(body.subarray(0, this.#headerLength)),
      payload: body.length > this.#headerLength ? body.subarray(this.#headerLength) : NOTHING,
    };
  }

  #begin(): void {
    const header = this.#prefix.readUInt32BE(0);
    const payload = this.#prefix.readUInt32BE(4);
    checkBounds({ header, payload }, this.#bounds());
    this.#headerLength = header;
    this.#bodyBytes = 0;
    // A header is copied out again, so it may share a pool; a payload that is kept must not.
    this.#body = payload > 0 ? new Uint8Array(header + payload) : Buffer.allocUnsafe(header);
  }
}

function checkBounds(
  { header, payload }: { header: number; payload: number },
  { headerBytesMax, payloadBytesMax }: FrameBounds,
): void {
  if (header <= headerBytesMax && payload <= payloadBytesMax) return;
  throw new GoliathError("too-large", "a frame is longer than its protocol allows");
}

/** Pieces up to this are copied into one: each costs every layer below more than its bytes do. */
const PIECE_COPIED_BYTES_MAX = 4096;

/** Frames that leave in one write, in as few pieces as may be. Long payloads are not copied. */
class FrameBatch {
  readonly #whole = new Uint8ArrayList();
  #small: Uint8Array[] = [];

  add(header: Uint8Array, payload: Uint8Array): void {
    for (const piece of encodeFrame(header, payload)) {
      if (piece.length > PIECE_COPIED_BYTES_MAX) this.#join().append(piece);
      else this.#small.push(piece);
    }
  }

  /** The bytes of all of them. Nothing is added any more. */
  take(): Uint8ArrayList {
    return this.#join();
  }

  #join(): Uint8ArrayList {
    const [first] = this.#small;
    if (first) this.#whole.append(this.#small.length > 1 ? Buffer.concat(this.#small) : first);
    this.#small = [];
    return this.#whole;
  }
}

/**
 * One stream as frames in both directions. Frames sent in one turn of the event loop leave in one
 * write.
 */
export class FrameStream {
  readonly peer: PeerId;
  readonly #stream: ByteStream;
  readonly #bounds: FrameBounds;
  readonly #arrivals: AsyncGenerator<Iterator<Frame, void>>;
  #arrived: Iterator<Frame, void> = [].values();
  #nextBounds: FrameBounds;
  #pending: FrameBatch | undefined;
  #flushed: Promise<void> = Promise.resolve();

  constructor(stream: ByteStream, bounds: FrameBounds) {
    this.peer = stream.peer;
    this.#stream = stream;
    this.#bounds = bounds;
    this.#nextBounds = bounds;
    this.#arrivals = pipe(
      stream,
      decodeArrivals(() => this.#nextBounds),
    );
  }

  /** Resolves when the stream broke, whether anybody reads it or not. */
  get broken(): Promise<void> {
    return this.#stream.broken;
  }

  /**
   * The next frame, or undefined once the other side closed. One caller at a time. `bounds` may be
   * tighter for this frame than the stream's: for who has not yet shown a pass.
   */
  async next(bounds: FrameBounds = this.#bounds): Promise<Frame | undefined> {
    for (;;) {
      const frame = this.nextHere(bounds);
      if (frame) return frame;
      const { value, done } = await this.#arrivals.next();
      if (done) return undefined;
      this.#arrived = value;
    }
  }

  /** The next frame if all of it came with the one before: no need to wait for it. */
  nextHere(bounds: FrameBounds = this.#bounds): Frame | undefined {
    this.#nextBounds = bounds;
    return this.#arrived.next().value ?? undefined;
  }

  /** Every further frame. */
  async *frames(): AsyncGenerator<Frame> {
    for (let frame = await this.next(); frame; frame = await this.next()) yield frame;
  }

  /**
   * Resolves when the stream can take more. Rejects with `too-large`, nothing sent, for a frame
   * that the other side would refuse.
   */
  send(header: Uint8Array, payload: Uint8Array = NOTHING): Promise<void> {
    try {
      checkBounds({ header: header.length, payload: payload.length }, this.#bounds);
    } catch (error) {
      return Promise.reject(error as GoliathError);
    }
    this.#pending ??= this.#startBatch();
    this.#pending.add(header, payload);
    return this.#flushed;
  }

  /** Ends our side after what was sent. */
  async close(): Promise<void> {
    await this.#flushed.catch(() => undefined);
    await this.#stream.close();
  }

  abort(error: Error): void {
    this.#stream.abort(error);
  }

  #startBatch(): FrameBatch {
    const batch = new FrameBatch();
    const flush = (): Promise<void> => {
      this.#pending = undefined;
      return this.#stream.send(batch.take());
    };
    // After a failed write the next one is tried too, so that it fails and lets go of its bytes.
    this.#flushed = this.#flushed.then(flush, flush);
    this.#flushed.catch(() => undefined);
    return batch;
  }
}
