/** libp2p's event-driven stream as a ByteStream: pulled, with back-pressure both ways. */
import type { Stream } from "@libp2p/interface";
import { Uint8ArrayList } from "uint8arraylist";
import { GoliathError, type PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";

/**
 * Received bytes that wait here for the reader before the stream is paused. What comes after is
 * held by the stream, up to its window. Enough that a reader that keeps up is never paused.
 */
export const READ_AHEAD_BYTES = 1024 * 1024;
/**
 * Bytes handed to the stream at a time: the longest yamux frame. Longer saves little, and the
 * other side answers a frame at a time: at 100 kbit/s this one is 10 s of silence.
 */
export const SEND_PIECE_BYTES = 128 * 1024;

export class Libp2pByteStream implements ByteStream {
  readonly peer: PeerId;
  readonly protocol: string;
  readonly #stream: Stream;
  readonly #arrived: (Uint8Array | Uint8ArrayList)[] = [];
  #arrivedBytes = 0;
  #resuming = false;
  /** The other side closed its half: a clean end, once what came before is read. */
  #remoteClosed: boolean;
  #failure: GoliathError | undefined;
  #wakeReader: (() => void) | undefined;
  #wakeSender: (() => void) | undefined;
  #sending: Promise<void> = Promise.resolve();
  readonly #broken = Promise.withResolvers<void>();

  /** Takes over `stream`, on which nobody listens yet. */
  constructor(stream: Stream, peer: PeerId) {
    this.#stream = stream;
    this.peer = peer;
    this.protocol = stream.protocol;
    this.#remoteClosed = stream.status === "open" && stream.remoteWriteStatus === "closed";
    if (stream.status !== "open") this.#fail(new Error(`the stream is ${stream.status}`));
    stream.addEventListener("message", ({ data }) => this.#arrive(data));
    stream.addEventListener("drain", () => this.#wakeSender?.());
    stream.addEventListener("remoteCloseWrite", () => {
      this.#remoteClosed = true;
      this.#wakeReader?.();
    });
    stream.addEventListener("close", ({ error }) => this.#over(error));
  }

  get broken(): Promise<void> {
    return this.#broken.promise;
  }

  send(bytes: Uint8Array | Uint8ArrayList): Promise<void> {
    const sent = this.#sending.then(() => this.#sendAll(bytes));
    this.#sending = sent.catch(() => undefined);
    return sent;
  }

  async close(): Promise<void> {
    await this.#sending;
    try {
      await this.#stream.close();
    } catch (cause) {
      throw this.#failure ?? closed("the stream ended before all was sent", cause);
    }
  }

  abort(error: Error): void {
    this.#stream.abort(error);
    this.#fail(error);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array | Uint8ArrayList> {
    for (let bytes = await this.#pull(); bytes; bytes = await this.#pull()) yield bytes;
  }

  #arrive(bytes: Uint8Array | Uint8ArrayList): void {
    this.#arrived.push(bytes);
    this.#arrivedBytes += bytes.byteLength;
    this.#pauseIfFull();
    this.#wakeReader?.();
  }

  #pauseIfFull(): void {
    // Within `resume` a pause would be undone by the resumption it interrupts.
    if (this.#resuming || this.#arrivedBytes < READ_AHEAD_BYTES) return;
    if (this.#stream.readStatus === "readable") this.#stream.pause();
  }

  /** The next bytes, or undefined after a clean end. */
  async #pull(): Promise<Uint8Array | Uint8ArrayList | undefined> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      const bytes = this.#arrived.shift();
      if (bytes) {
        this.#arrivedBytes -= bytes.byteLength;
        return bytes;
      }
      if (this.#stream.readStatus === "paused") this.#resume();
      else if (this.#remoteClosed && this.#stream.readBufferLength === 0) return undefined;
      else await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
  }

  #resume(): void {
    this.#resuming = true;
    try {
      this.#stream.resume();
    } catch (error) {
      // The window cannot be widened any more. What had arrived has been delivered all the same.
      if (!this.#remoteClosed) this.#fail(error);
    } finally {
      this.#resuming = false;
    }
    this.#pauseIfFull();
  }

  async #sendAll(bytes: Uint8Array | Uint8ArrayList): Promise<void> {
    for (let start = 0; start < bytes.byteLength; start += SEND_PIECE_BYTES) {
      const end = Math.min(start + SEND_PIECE_BYTES, bytes.byteLength);
      if (this.#failure) throw this.#failure;
      try {
        this.#stream.send(
          bytes instanceof Uint8ArrayList ? bytes.sublist(start, end) : bytes.subarray(start, end),
        );
      } catch (cause) {
        throw this.#failure ?? closed("the stream is closed", cause);
      }
      while (this.#stream.writableNeedsDrain && !this.#failure) {
        await new Promise<void>((resolve) => (this.#wakeSender = resolve));
      }
    }
    if (this.#failure) throw this.#failure;
  }

  #over(error: Error | undefined): void {
    // Without the other side's own close the bytes may be cut anywhere: no clean end.
    if (error || !this.#remoteClosed) this.#fail(error ?? new Error("the connection ended"));
    this.#wakeReader?.();
    this.#wakeSender?.();
  }

  #fail(cause: unknown): void {
    this.#failure ??= closed("the stream was aborted", cause);
    this.#broken.resolve();
    this.#arrived.length = 0;
    this.#wakeReader?.();
    this.#wakeSender?.();
  }
}

function closed(message: string, cause: unknown): GoliathError {
  return new GoliathError("closed", message, { cause });
}
