/** Connections that have not proven who they are, by the address they come from. */
import type { MultiaddrConnection } from "@libp2p/interface";

/**
 * Of one address: a quarter of those there may be at all, so that one machine that opens connections
 * and says nothing does not keep the others out. A household whose peers all come at once has
 * shown who it is before it gets there.
 */
export const PENDING_PER_ADDRESS_MAX = 64;

/** What it needs of a connection. */
export type Pending = Pick<MultiaddrConnection, "remoteAddr" | "addEventListener">;

export class PendingInbound {
  readonly #counts = new Map<string, number>();
  readonly #hosts = new Map<Pending, string>();

  /** Connections counted now. */
  get size(): number {
    return this.#hosts.size;
  }

  /** Counts a connection until it is over or `proven`; true when there is no room for it. */
  denies(connection: Pending): boolean {
    const host = connection.remoteAddr.getComponents()[0]?.value ?? "";
    const count = this.#counts.get(host) ?? 0;
    if (count >= PENDING_PER_ADDRESS_MAX) return true;
    this.#counts.set(host, count + 1);
    this.#hosts.set(connection, host);
    connection.addEventListener("close", () => this.proven(connection), { once: true });
    return false;
  }

  /** It is no longer pending. */
  proven(connection: Pending): void {
    const host = this.#hosts.get(connection);
    if (host === undefined) return;
    this.#hosts.delete(connection);
    const left = (this.#counts.get(host) ?? 1) - 1;
    if (left > 0) this.#counts.set(host, left);
    else this.#counts.delete(host);
  }
}
