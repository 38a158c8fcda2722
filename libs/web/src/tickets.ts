/**
 * Tickets: addresses that open one version of one file for some hours, for what cannot send a
 * token: pictures, players, downloads. What a ticket says stands in it, signed with a key that
 * ends with the process.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { GoliathError } from "@goliath/protocols/nouns";

/** Longer than a film and the pauses in it. */
const TICKET_LIFE_MS = 12 * 3_600_000;
const MAC_BYTES = 32;

/** What a ticket opens. */
export interface Ticket {
  path: string;
  /** The revision, so that the bytes are the same at each request. */
  at: number;
  size: number;
  /** The root of the file's digests, as hex. */
  root: string;
  /** Whether it is to be saved. */
  download: boolean;
  expiresMs: number;
}

export class Tickets {
  readonly #key: Uint8Array;
  readonly #nowMs: () => number;

  constructor({ key, nowMs }: { key: Uint8Array; nowMs: () => number }) {
    this.#key = key;
    this.#nowMs = nowMs;
  }

  issue(opens: Omit<Ticket, "expiresMs">): string {
    const { path, at, size, root, download } = opens;
    const fields = [path, at, size, root, download, this.#nowMs() + TICKET_LIFE_MS];
    const payload = Buffer.from(JSON.stringify(fields));
    return Buffer.concat([this.#sign(payload), payload]).toString("base64url");
  }

  /** Throws `forbidden` for one that is not ours, or is over. */
  open(text: string): Ticket {
    const bytes = Buffer.from(text, "base64url");
    const payload = bytes.subarray(MAC_BYTES);
    const mac = bytes.subarray(0, MAC_BYTES);
    if (mac.length === MAC_BYTES && timingSafeEqual(mac, this.#sign(payload))) {
      const [path, at, size, root, download, expiresMs] = JSON.parse(payload.toString());
      if (expiresMs > this.#nowMs()) return { path, at, size, root, download, expiresMs };
    }
    throw new GoliathError("forbidden", "the address is no longer good: open the file again");
  }

  #sign(payload: Uint8Array): Buffer {
    return createHmac("sha256", this.#key).update(payload).digest();
  }
}
