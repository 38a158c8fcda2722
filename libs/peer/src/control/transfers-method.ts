/** `transfers`: what is on its way, how fast, from whom, and how long it will take. */
import type { ControlMethod } from "@goliath/kit";
import type { Peer } from "../peer.ts";
import type { MirrorTransfer, PeerControl, PeerRate } from "./peer-control.ts";
import { MirrorRates } from "./mirror-rates.ts";

/** Names of peers are asked of the index this often. */
const NAMES_MS = 30_000;

export function transfersMethod(peer: Peer): ControlMethod {
  const rates = new MirrorRates(peer.clock);
  const names = new PeerNames(peer);
  return async (_params, { signal }): Promise<PeerControl["transfers"]["result"]> => {
    const { traffic } = peer;
    const { upRate, downRate } = traffic.status();
    const { up, down } = traffic.byPeer();
    const known = await names.get(signal);
    const named = ({ peer: id, rate }: { peer: string; rate: number }): PeerRate => ({
      peer: id,
      name: known.get(id) ?? (id === peer.credentials.index ? "index" : ""),
      rate,
    });
    return {
      up: upRate,
      down: downRate,
      uploads: traffic.uploads,
      sources: down.map(named),
      receivers: up.map(named),
      mirrors: peer.mirrors.list().flatMap((mirror): MirrorTransfer[] => {
        const { local, path, missingBytes, missingFiles } = mirror;
        const rate = rates.rateOf(local, missingBytes);
        if (missingFiles === 0 && missingBytes === 0) return [];
        const etaMs = rate > 0 ? { etaMs: Math.round((missingBytes / rate) * 1000) } : {};
        return [{ local, path, missingFiles, missingBytes, rate, ...etaMs }];
      }),
    };
  };
}

class PeerNames {
  readonly #peer: Peer;
  #names: ReadonlyMap<string, string> = new Map();
  #nextMs = 0;

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  /** The last known ones while the index is away. */
  async get(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { session, clock } = this.#peer;
    if (clock.monotonicMs() < this.#nextMs || !session.connected()) return this.#names;
    this.#nextMs = clock.monotonicMs() + NAMES_MS;
    const all = await session.service.peers({ signal }).catch(() => []);
    if (all.length > 0) this.#names = new Map(all.map(({ peer, name }) => [peer, name]));
    return this.#names;
  }
}
