/**
 * Many small writes as few large ones. A muxer writes a header here, a payload there, a window
 * update for each frame it read; each as a TLS record and a system call of its own costs more than
 * what it carries. What is written in one turn of the event loop leaves at its end, together.
 */
import type { Writable } from "node:stream";
import type { Uint8ArrayList } from "uint8arraylist";

/** Bytes that do not wait for the end of the turn: four records, enough to be worth a write. */
export const GATHERED_BYTES_MAX = 64 * 1024;
/** Bytes not yet taken by the system from which on the writer is to wait. */
export const UNSENT_BYTES_HIGH = 256 * 1024;
/** Bytes at which it may go on, before the socket has nothing left to send. */
export const UNSENT_BYTES_LOW = UNSENT_BYTES_HIGH / 2;

export interface GatheredWritesInit {
  socket: Writable;
  /** Called once there is room again after `add` said that there was none. */
  onDrain: () => void;
}

export class GatheredWrites {
  readonly #socket: Writable;
  readonly #onDrain: () => void;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #flushing: NodeJS.Immediate | undefined;
  #full = false;

  constructor({ socket, onDrain }: GatheredWritesInit) {
    this.#socket = socket;
    this.#onDrain = onDrain;
  }

  /** Bytes that the system has not taken yet. */
  get unsentBytes(): number {
    return this.#gatheredBytes + this.#socket.writableLength;
  }

  /** Takes all of it; false when the writer is to wait for `onDrain` before it adds more. */
  add(bytes: Uint8Array | Uint8ArrayList): boolean {
    if (bytes instanceof Uint8Array) this.#gathered.push(bytes);
    else this.#gathered.push(...bytes);
    this.#gatheredBytes += bytes.byteLength;
    if (this.#gatheredBytes >= GATHERED_BYTES_MAX) this.flush();
    else this.#flushing ??= setImmediate(() => this.flush());
    this.#full ||= this.unsentBytes >= UNSENT_BYTES_HIGH;
    return !this.#full;
  }

  /** Writes what was gathered. What comes after the socket's end is dropped: nobody could read it. */
  flush(): void {
    clearImmediate(this.#flushing);
    this.#flushing = undefined;
    const pieces = this.#gathered;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    if (!this.#socket.writable) return;
    const last = pieces.pop();
    if (!last) return;
    this.#socket.cork();
    for (const piece of pieces) this.#socket.write(piece);
    this.#socket.write(last, () => this.#drained());
    this.#socket.uncork();
  }

  #drained(): void {
    if (!this.#full || this.unsentBytes > UNSENT_BYTES_LOW) return;
    this.#full = false;
    this.#onDrain();
  }
}
