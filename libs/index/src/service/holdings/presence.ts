/**
 * Who is here: what each peer last said of itself, and the way to ask it something. In memory; a
 * peer that leaves stays known, offline, until its membership ends.
 */
import type { Clock } from "@goliath/kit";
import type { PeerId } from "@goliath/protocols/nouns";
import { HEARTBEAT_TIMEOUT_MS, type Heartbeat, type Holder } from "@goliath/protocols/holdings";
import { displayName } from "../membership/display-name.ts";

/** Addresses kept of one peer. */
const ADDRESSES_MAX = 16;
/** Longest multiaddr kept: a relayed one with two peer ids takes half of it. */
const ADDRESS_CHARACTERS_MAX = 512;

/** What is known of a peer, one that is here or one that was. */
export interface Sighting extends Heartbeat {
  /** Milliseconds since 1970. */
  seenAt: number;
}

interface Guest {
  sighting: Sighting;
  /** By the monotonic clock. */
  heardMs: number;
  /** One for each of its open streams, the newest last. */
  holders: readonly Holder[];
}

const SILENT: Heartbeat = { addresses: [], name: "", capacityBytes: 0, freeBytes: 0, load: 0 };

export class Presence {
  readonly #guests = new Map<PeerId, Guest>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The peer opened a stream; the newest is asked. */
  arrive(peer: PeerId, holder: Holder): void {
    this.#hear(peer, { holder });
  }

  /** A stream of the peer ended: an older one that is still open is asked again. */
  leave(peer: PeerId, holder: Holder): void {
    const guest = this.#guests.get(peer);
    if (guest) guest.holders = guest.holders.filter((one) => one !== holder);
  }

  /** Its last connection has gone, whether its stream has noticed or not. */
  disconnected(peer: PeerId): void {
    const guest = this.#guests.get(peer);
    if (guest) guest.holders = [];
  }

  heard(peer: PeerId, heartbeat?: Heartbeat): void {
    this.#hear(peer, heartbeat ? { heartbeat } : {});
  }

  forget(peer: PeerId): void {
    this.#guests.delete(peer);
  }

  /** Whether its stream is open and it was heard of lately. */
  isOnline(peer: PeerId): boolean {
    return this.holder(peer) !== undefined;
  }

  /** The way to ask an online peer. */
  holder(peer: PeerId): Holder | undefined {
    const guest = this.#guests.get(peer);
    const silentMs = this.#clock.monotonicMs() - (guest?.heardMs ?? 0);
    return silentMs <= HEARTBEAT_TIMEOUT_MS ? guest?.holders.at(-1) : undefined;
  }

  /** When it was last heard of, by the monotonic clock; undefined when never. */
  heardMs(peer: PeerId): number | undefined {
    return this.#guests.get(peer)?.heardMs;
  }

  sighting(peer: PeerId): Sighting {
    return this.#guests.get(peer)?.sighting ?? { ...SILENT, seenAt: 0 };
  }

  countOnline(): number {
    return this.#guests.keys().reduce((count, peer) => count + (this.isOnline(peer) ? 1 : 0), 0);
  }

  #hear(peer: PeerId, { heartbeat, holder }: { heartbeat?: Heartbeat; holder?: Holder }): void {
    const before = this.#guests.get(peer);
    const said = heartbeat ? bounded(heartbeat) : (before?.sighting ?? SILENT);
    this.#guests.set(peer, {
      sighting: { ...said, seenAt: this.#clock.nowMs() },
      heardMs: this.#clock.monotonicMs(),
      holders: [...(before?.holders ?? []), ...(holder ? [holder] : [])],
    });
  }
}

function bounded(heartbeat: Heartbeat): Heartbeat {
  const { capacityBytes, freeBytes, load } = heartbeat;
  const addresses = heartbeat.addresses
    .slice(0, ADDRESSES_MAX)
    .filter((address) => address.length <= ADDRESS_CHARACTERS_MAX);
  return { addresses, name: displayName(heartbeat.name), capacityBytes, freeBytes, load };
}
