/**
 * What libp2p remembers of other machines: their addresses, and nothing else. Strangers speak to it
 * too (identify, the DHT, mDNS), so the newest few are kept and each is short. What the DHT would
 * keep for others (values, providers) is dropped: Goliath looks up peers only.
 */
import { NotFoundError } from "@libp2p/interface";
import type { Libp2pOptions } from "libp2p";

type Datastore = NonNullable<Libp2pOptions["datastore"]>;
type Key = Parameters<Datastore["put"]>[0];
type Pair = { key: Key; value: Uint8Array };

/** Machines remembered: four times those an index is made for. Some hundred bytes each. */
export const PEERS_REMEMBERED_MAX = 4096;
/** Bytes of what is remembered of one: 32 addresses and the protocols take half of it. */
export const PEER_BYTES_MAX = 16 * 1024;

/** Where libp2p's peer store keeps its records. */
const PEERS_PREFIX = "/peers/";

/** `self` names the record that is never forgotten: our own. */
export class PeerMemory implements Datastore {
  readonly #self: string;
  /** Least recently used first. */
  readonly #pairs = new Map<string, Pair>();

  constructor({ self }: { self: string }) {
    this.#self = self;
  }

  get size(): number {
    return this.#pairs.size;
  }

  put(key: Key, value: Uint8Array): Key {
    const name = key.toString();
    if (!name.startsWith(PEERS_PREFIX) || value.length > PEER_BYTES_MAX) return key;
    this.#pairs.delete(name);
    this.#pairs.set(name, { key, value });
    if (this.#pairs.size > PEERS_REMEMBERED_MAX) this.#forgetOne();
    return key;
  }

  get(key: Key): Uint8Array {
    const name = key.toString();
    const pair = this.#pairs.get(name);
    if (!pair) throw new NotFoundError();
    this.#pairs.delete(name);
    this.#pairs.set(name, pair);
    return pair.value;
  }

  has(key: Key): boolean {
    return this.#pairs.has(key.toString());
  }

  delete(key: Key): void {
    this.#pairs.delete(key.toString());
  }

  async *putMany(source: AsyncIterable<Pair> | Iterable<Pair>): AsyncGenerator<Key> {
    for await (const { key, value } of source) yield this.put(key, value);
  }

  async *getMany(source: AsyncIterable<Key> | Iterable<Key>): AsyncGenerator<Pair> {
    for await (const key of source) yield { key, value: this.get(key) };
  }

  async *deleteMany(source: AsyncIterable<Key> | Iterable<Key>): AsyncGenerator<Key> {
    for await (const key of source) {
      this.delete(key);
      yield key;
    }
  }

  batch(): ReturnType<Datastore["batch"]> {
    const changes: (() => void)[] = [];
    return {
      put: (key, value) => void changes.push(() => void this.put(key, value)),
      delete: (key) => void changes.push(() => this.delete(key)),
      commit: () => changes.forEach((change) => change()),
    };
  }

  async *query({ prefix = "", filters = [] }: Parameters<Datastore["query"]>[0]) {
    const all = [...this.#pairs.values()];
    yield* all.filter(
      (pair) => pair.key.toString().startsWith(prefix) && filters.every((matches) => matches(pair)),
    );
  }

  async *queryKeys({ prefix = "", filters = [] }: Parameters<Datastore["queryKeys"]>[0]) {
    const all = [...this.#pairs.values()].map(({ key }) => key);
    yield* all.filter(
      (key) => key.toString().startsWith(prefix) && filters.every((matches) => matches(key)),
    );
  }

  #forgetOne(): void {
    for (const name of this.#pairs.keys()) {
      if (name === `${PEERS_PREFIX}${this.#self}`) continue;
      this.#pairs.delete(name);
      return;
    }
  }
}
