/**
 * Signing in with a password, for who reaches the page from elsewhere. A right one is answered with a
 * token of its own, which goes on over restarts and ends with the password.
 */
import { createHash, createHmac, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Clock } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";

/** A month, as other sites have it. */
const SESSION_LIFE_MS = 30 * 24 * 3_600_000;
/** Tries in a row; then one each while. Whoever uses them up keeps nobody out who has the token. */
const TRIES_MAX = 10;
const TRY_EVERY_MS = 6_000;
/** 32 MiB and a tenth of a second: a stolen guess is dear, one at a time is bearable. */
const HASH_COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;
const SESSION = /^(?<until>\d{1,16})\.(?<mac>[\w-]{43})$/u;

const hash = promisify<string, Uint8Array, number, typeof HASH_COST, Buffer>(scrypt);

export interface SignInInit {
  password: string;
  /** The home's own token: what is signed ends with it too. */
  token: string;
  clock: Clock;
  randomBytes: (count: number) => Uint8Array;
}

export class SignIn {
  readonly #password: string;
  readonly #key: Uint8Array;
  readonly #salt: Uint8Array;
  readonly #clock: Clock;
  #right: Promise<Buffer> | undefined;
  #tries = TRIES_MAX;
  #triesAtMs: number;
  #busy = false;

  constructor({ password, token, clock, randomBytes }: SignInInit) {
    this.#password = password;
    this.#key = createHash("sha256")
      .update(JSON.stringify([token, password]))
      .digest();
    this.#salt = randomBytes(HASH_BYTES);
    this.#clock = clock;
    this.#triesAtMs = clock.monotonicMs();
  }

  /** A token for whoever knows the password. Throws `forbidden`; `busy` for too many tries. */
  async signIn(password: string): Promise<string> {
    this.#take();
    this.#busy = true;
    try {
      this.#right ??= hash(this.#password, this.#salt, HASH_BYTES, HASH_COST);
      const given = await hash(password, this.#salt, HASH_BYTES, HASH_COST);
      if (!timingSafeEqual(given, await this.#right)) {
        throw new GoliathError("forbidden", "the password is wrong");
      }
    } finally {
      this.#busy = false;
    }
    this.#tries = TRIES_MAX;
    const until = String(this.#clock.nowMs() + SESSION_LIFE_MS);
    return `${until}.${this.#sign(until).toString("base64url")}`;
  }

  /** Whether it is a token that was given here and is not over. */
  knows(token: string): boolean {
    const { until = "", mac = "" } = SESSION.exec(token)?.groups ?? {};
    const given = Buffer.from(mac, "base64url");
    const right = this.#sign(until);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
    return Number(until) > this.#clock.nowMs();
  }

  #take(): void {
    const nowMs = this.#clock.monotonicMs();
    const more = Math.floor((nowMs - this.#triesAtMs) / TRY_EVERY_MS);
    this.#tries = Math.min(TRIES_MAX, this.#tries + more);
    this.#triesAtMs += more * TRY_EVERY_MS;
    if (this.#tries === 0 || this.#busy) {
      throw new GoliathError("busy", "too many tries: wait some seconds");
    }
    this.#tries--;
  }

  #sign(until: string): Buffer {
    return createHmac("sha256", this.#key).update(until).digest();
  }
}
