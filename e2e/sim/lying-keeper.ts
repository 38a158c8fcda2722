/**
 * A member that pledges room and does not do what it says: it claims all chunks there are, takes
 * them and has other bytes, takes them and forgets them, or takes nothing. It vouches for whatever
 * it is asked about.
 */
import {
  connectHoldings,
  HEARTBEAT_INTERVAL_MS,
  HOLDINGS_BOUNDS,
  HOLDINGS_PROTOCOL,
  type HoldingsClient,
  type OrderService,
} from "@goliath/protocols/holdings";
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL, serveChunks } from "@goliath/protocols/chunks";
import { GoliathError, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";
import { welcome } from "@goliath/protocols/pass";
import { FrameStream, type ByteStream } from "@goliath/protocols/wire";
import { CHUNK_BYTES } from "./index-machine.ts";
import { Member } from "./member.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

const WAYS = ["boasts", "corrupts", "forgets", "refuses"] as const;
/** More ids than any seed gives, in few blocks. */
const ALL = { first: 1 as ChunkId, count: 20_000 };
/** Milliseconds after which it says again what it keeps, when its stream ended. */
const AGAIN_MS = 2_000;
/** Milliseconds for which it remembers what it was given, at most. */
const FORGETS_MS_MAX = 120_000;
/** What it says that it has room for. */
const ROOM_BYTES = 2 ** 30;

export class LyingKeeper {
  readonly #world: World;
  readonly #member: Member;
  readonly #random: Random;
  readonly #way: (typeof WAYS)[number];
  readonly #claims = new Set<ChunkId>();
  readonly #given = new Map<ChunkId, Uint8Array>();
  readonly #gone = new AbortController();
  #client: HoldingsClient | undefined;
  #number = 0;

  constructor(world: World, name: string) {
    this.#world = world;
    this.#member = new Member(world, name);
    this.#random = world.random.fork(name);
    this.#way = this.#random.pick(WAYS);
    world.lies.keepers++;
    if (this.#way === "forgets") world.lies.forgetful++;
  }

  /** It goes on in peace as it was. */
  async run(signal: AbortSignal): Promise<void> {
    const { trace, clock } = this.#world.site;
    await clock.sleep(this.#random.next() * FORGETS_MS_MAX, signal).catch(() => undefined);
    if (!(await this.#member.join("writer", signal))) return;
    trace.note(this.#member.name, `is a keeper that ${this.#way}`);
    await this.#member.network.handle(CHUNKS_PROTOCOL, (stream) => this.#serve(stream));
    void this.#goOn(this.#gone.signal);
  }

  /** Its machine is gone. */
  leave(): void {
    this.#gone.abort();
    this.#world.site.network.crash(this.#member.peerId);
  }

  async #goOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#claim(signal).catch(() => undefined);
      await this.#world.site.clock.sleep(AGAIN_MS, signal).catch(() => undefined);
    }
  }

  /** Tells the index what it keeps, until the stream ends. */
  async #claim(signal: AbortSignal): Promise<void> {
    const { site, index } = this.#world;
    const door = { protocol: HOLDINGS_PROTOCOL, bounds: HOLDINGS_BOUNDS };
    const entered = await this.#member.enter();
    const opened = await this.#member.open(index.identity.peerId, door);
    if (!opened) return;
    const orders = this.#orders;
    const client = connectHoldings(opened.frames, {
      holder: { prove: () => this.#prove() },
      orders,
    });
    const ended = new AbortController();
    void client.closed.finally(() => ended.abort());
    const until = AbortSignal.any([signal, ended.signal]);
    await this.#beat(client);
    await client.begin({ session: `lies-${site.trace.count}` });
    this.#number = 0;
    this.#client = client;
    const all = this.#way === "boasts" ? [ALL] : runsOf(this.#claims);
    await this.#tell({ added: all, full: true });
    while (!until.aborted) {
      await this.#beat(client);
      await site.clock.sleep(HEARTBEAT_INTERVAL_MS, until).catch(() => undefined);
    }
    for (const frames of [opened.frames, entered]) frames?.abort(new Error("goes on elsewhere"));
  }

  async #beat(client: HoldingsClient): Promise<void> {
    const { name, network } = this.#member;
    const usedBytes = this.#claims.size * CHUNK_BYTES;
    await client.heartbeat({
      name,
      addresses: network.addresses(),
      capacityBytes: ROOM_BYTES,
      freeBytes: ROOM_BYTES - usedBytes,
      load: 0,
      keeper: { usedBytes, labels: [], draining: false },
    });
  }

  async #tell({ added = [], removed = [], full = false }: Told): Promise<void> {
    const kept = { added, removed };
    const number = ++this.#number;
    await this.#client?.report({ number, full, added, removed, kept }).catch(() => undefined);
  }

  async #prove(): Promise<void> {
    if (this.#way === "refuses") throw new GoliathError("busy", "not now");
  }

  readonly #orders: OrderService = {
    announce: async () => this.#refuse(),
    copy: async ({ runs }) => {
      this.#refuse();
      await this.#takes(runs);
    },
    drop: async ({ runs }) => {
      for (const id of idsOf(runs)) this.#claims.delete(id);
      await this.#tell({ removed: runs });
    },
  };

  #refuse(): void {
    if (this.#way === "refuses") throw new GoliathError("full", "no room after all");
  }

  /** Claims them from now on, whether or not it was given any bytes. */
  async #takes(runs: ChunkRun[]): Promise<void> {
    for (const id of idsOf(runs)) this.#claims.add(id);
    await this.#tell({ added: runs });
  }

  async #serve(stream: ByteStream): Promise<void> {
    const frames = new FrameStream(stream, CHUNKS_BOUNDS);
    await welcome(frames, async () => this.#member.welcome);
    await serveChunks(frames, {
      read: async ({ id }) => this.#read(id),
      has: async ({ runs }) => runs,
      page: () => Promise.reject(new GoliathError("missing", "not here")),
      push: async ({ id, bytes }) => {
        this.#refuse();
        if (this.#way === "forgets") this.#remember(id, bytes.slice());
        await this.#takes([{ first: id, count: 1 }]);
      },
    });
  }

  #remember(id: ChunkId, bytes: Uint8Array): void {
    this.#given.set(id, bytes);
    void this.#world.site.clock
      .sleep(this.#random.next() * FORGETS_MS_MAX)
      .then(() => this.#given.delete(id));
  }

  #read(id: ChunkId): Uint8Array {
    const given = this.#given.get(id);
    if (given) return given;
    this.#world.site.trace.note(this.#member.name, `has not chunk ${id}`);
    if (this.#way !== "corrupts") throw new GoliathError("missing", "not here");
    return Buffer.alloc(CHUNK_BYTES, `a lie about ${id};`);
  }
}

interface Told {
  added?: ChunkRun[];
  removed?: ChunkRun[];
  full?: boolean;
}

function runsOf(ids: Iterable<ChunkId>): ChunkRun[] {
  return [...ids].map((first) => ({ first, count: 1 }));
}

function* idsOf(runs: readonly ChunkRun[]): Generator<ChunkId> {
  for (const { first, count } of runs) {
    for (let id = first; id < first + count; id++) yield id as ChunkId;
  }
}
