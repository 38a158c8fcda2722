/**
 * A member that says it holds everything, and sends what it likes: other bytes, too few, those of
 * another chunk, an answer too late or none.
 */
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL, serveChunks } from "@goliath/protocols/chunks";
import {
  connectHoldings,
  HEARTBEAT_INTERVAL_MS,
  HOLDINGS_BOUNDS,
  HOLDINGS_PROTOCOL,
} from "@goliath/protocols/holdings";
import { GoliathError, type ChunkId } from "@goliath/protocols/nouns";
import { welcome } from "@goliath/protocols/pass";
import { FrameStream, type ByteStream } from "@goliath/protocols/wire";
import { CHUNK_BYTES } from "./index-machine.ts";
import { Member } from "./member.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** More ids than any seed gives. */
const ALL = { first: 1 as ChunkId, count: 1_000_000 };
/** Milliseconds after which it says again what it holds. */
const AGAIN_MS = 2_000;
/** Longer than anybody waits. */
const LATE_MS = 45_000;

type Lie = "other bytes" | "fewer" | "more" | "none" | "late" | "never" | "missing" | "the end";

const LIES: readonly Lie[] = [
  "other bytes",
  "other bytes",
  "fewer",
  "more",
  "none",
  "late",
  "never",
  "missing",
  "the end",
];

export class Liar {
  readonly #world: World;
  readonly #member: Member;
  readonly #random: Random;

  constructor(world: World, name: string) {
    this.#world = world;
    this.#member = new Member(world, name);
    this.#random = world.random.fork(name);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, trace } = this.#world.site;
    if (!(await this.#member.join("writer", signal))) return;
    trace.note(this.#member.name, "is a member");
    await this.#member.network.handle(CHUNKS_PROTOCOL, (stream) => this.#serve(stream));
    while (!signal.aborted) {
      await this.#boast(signal).catch(() => undefined);
      await clock.sleep(AGAIN_MS, signal).catch(() => undefined);
    }
  }

  /** Its machine is gone. */
  leave(): void {
    this.#world.site.network.crash(this.#member.peerId);
  }

  /** Tells the index that it holds everything, until the stream ends. */
  async #boast(signal: AbortSignal): Promise<void> {
    const { site, index } = this.#world;
    const door = { protocol: HOLDINGS_PROTOCOL, bounds: HOLDINGS_BOUNDS };
    const entered = await this.#member.enter();
    const opened = await this.#member.open(index.identity.peerId, door);
    if (!opened) return;
    const client = connectHoldings(opened.frames, { holder: { prove: async () => undefined } });
    const ended = new AbortController();
    void client.closed.finally(() => ended.abort());
    const until = AbortSignal.any([signal, ended.signal]);
    await client.begin({ session: `lies-${site.trace.count}` });
    await client.report({ number: 1, full: true, added: [ALL], removed: [] });
    const { name, network } = this.#member;
    while (!until.aborted) {
      const beat = { name, addresses: network.addresses(), freeBytes: 0, load: 0 };
      await client.heartbeat({ ...beat, capacityBytes: 0 });
      await site.clock.sleep(HEARTBEAT_INTERVAL_MS, until).catch(() => undefined);
    }
    for (const frames of [opened.frames, entered]) frames?.abort(new Error("goes on elsewhere"));
  }

  async #serve(stream: ByteStream): Promise<void> {
    const frames = new FrameStream(stream, CHUNKS_BOUNDS);
    await welcome(frames, async () => this.#member.welcome);
    await serveChunks(frames, {
      read: (want) => this.#lie(want.id, frames),
      has: async ({ runs }) => runs,
      page: () => never(),
      push: async () => undefined,
    });
  }

  async #lie(id: ChunkId, frames: FrameStream): Promise<Uint8Array> {
    const lie = this.#random.pick(LIES);
    this.#world.site.trace.note(this.#member.name, `lies about ${id}: ${lie}`);
    const bytes = Buffer.alloc(CHUNK_BYTES, `a lie about ${id};`);
    if (lie === "never") return never();
    if (lie === "late") await this.#world.site.clock.sleep(LATE_MS);
    if (lie === "missing") throw new GoliathError("missing", "not here");
    if (lie === "the end") frames.abort(new Error("enough"));
    if (lie === "none") return new Uint8Array();
    if (lie === "more") return Buffer.concat([bytes, bytes]);
    return lie === "fewer" ? bytes.subarray(1) : bytes;
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
