/** Who may talk to this peer, and what this peer shows when it talks to others. */
import type { Clock } from "@goliath/kit";
import {
  verifyCertificate,
  verifyPass,
  type Hello,
  type Pass,
  type Welcome,
} from "@goliath/protocols/pass";
import { GoliathError, type PeerId, type Role } from "@goliath/protocols/nouns";
import type { Credentials } from "./credentials.ts";

/** A handshake that is not over after this long never will be. */
export const HANDSHAKE_TIMEOUT_MS = 15_000;

export class Admission {
  readonly #credentials: Credentials;
  readonly #clock: Clock;
  readonly #name: string;
  /** When the index last gave a pass: by its clock, and by both of ours. */
  #met: { indexMs: number; nowMs: number; monotonicMs: number } | undefined;

  constructor({
    credentials,
    clock,
    name,
  }: {
    credentials: Credentials;
    clock: Clock;
    name: string;
  }) {
    this.#credentials = credentials;
    this.#clock = clock;
    this.#name = name;
  }

  /** What to show at the index's door: the pass, or the invite before there is one. */
  hello(): Hello {
    const { drive, pass, invite, certificate } = this.#credentials;
    if (!drive)
      throw new GoliathError("no-pass", "this home has not joined a drive: give --join LINK");
    return {
      drive,
      name: this.#name,
      ...(pass ? { pass } : {}),
      ...(invite ? { invite } : {}),
      ...(certificate ? { certificate } : {}),
    };
  }

  /** Answers another peer's hello, and says what its pass is. Throws `no-pass`. */
  admit(hello: Hello, peer: PeerId): { welcome: Welcome; pass: Pass } {
    const { drive, pass, certificate } = this.#credentials;
    if (hello.drive !== drive) throw new GoliathError("no-pass", "a peer of another drive");
    const shown = this.#check(hello, peer);
    const welcome = { ...(pass ? { pass } : {}), ...(certificate ? { certificate } : {}) };
    return { welcome, pass: shown };
  }

  /** Checks what another peer answered to our hello. Throws `no-pass`. */
  accept(welcome: Welcome, peer: PeerId): void {
    this.#check(welcome, peer);
  }

  /**
   * The index gave a pass just now, at the time it says: passes live by its clock, and either may be
   * a day off. Returns by how much ours is ahead of it, in milliseconds.
   */
  meetIndex(peer: PeerId): number {
    const { drive, index, pass } = this.#credentials;
    if (!drive || !index || !pass) return 0;
    const { issuedAt } = verifyPass(pass, { drive, index, peer, nowMs: 0 });
    const nowMs = this.#clock.nowMs();
    this.#met = { indexMs: issuedAt, nowMs, monotonicMs: this.#clock.monotonicMs() };
    return nowMs - issuedAt;
  }

  /** The index's time. Of two ways to tell what passed since, the longer: a pass must not outlive it. */
  #indexMs(): number {
    if (!this.#met) return this.#clock.nowMs();
    const { nowMs, monotonicMs, indexMs } = this.#met;
    const passed = [this.#clock.nowMs() - nowMs, this.#clock.monotonicMs() - monotonicMs];
    return indexMs + Math.max(...passed);
  }

  /** What our own pass says, expired or not: for showing; the index decides by its own record. */
  role(peer: PeerId): Role {
    const { drive, index, pass } = this.#credentials;
    if (!drive || !index || !pass) return "reader";
    return verifyPass(pass, { drive, index, peer, nowMs: 0 }).role;
  }

  #check(shown: { pass?: Uint8Array; certificate?: Uint8Array }, peer: PeerId): Pass {
    const { drive, certificate: ours } = this.#credentials;
    const certificate = shown.certificate ?? ours;
    if (!drive || !certificate || !shown.pass)
      throw new GoliathError("no-pass", "a peer showed no pass");
    if (this.#credentials.isRevoked(peer)) throw new GoliathError("no-pass", "a revoked peer");
    const { index, generation } = verifyCertificate(certificate, drive);
    if (ours && verifyCertificate(ours, drive).generation > generation) {
      throw new GoliathError("no-pass", "a pass of an index that was replaced");
    }
    return verifyPass(shown.pass, { drive, index, peer, nowMs: this.#indexMs() });
  }
}
