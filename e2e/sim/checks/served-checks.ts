/**
 * What peers hand to others: bytes that were committed under the chunk's id, and no others. Promise
 * 3 for files that lie where their user keeps them, promise 2 for mirrors.
 */
import { digestOf, equalBytes, type ChunkId } from "@goliath/protocols/nouns";
import type { PeerMachine } from "../peer-machine.ts";
import type { Random } from "../random.ts";
import type { World } from "../world.ts";

/** Chunks asked for at a time. */
const CHUNKS_AT_ONCE = 6;
/** Runs of which one chunk is picked. */
const RUNS_MAX = 1_000;

export class ServedChecks {
  readonly #world: World;
  readonly #random: Random;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork("served");
  }

  /** Reads some of what a peer would serve now, while its user works on. */
  async look(machine: PeerMachine): Promise<void> {
    const { process, peer } = machine;
    const runs = peer?.chunks.runs(0 as ChunkId, RUNS_MAX) ?? [];
    // Rot changes bytes behind everybody's back: whoever gets them finds out.
    if (!process || !peer || runs.length === 0 || this.#world.hasRotted) return;
    for (let i = 0; i < CHUNKS_AT_ONCE; i++) {
      const { first, count } = this.#random.pick(runs);
      const id = (first + this.#random.int(count)) as ChunkId;
      const bytes = await process.outlive(peer.chunks.read(id)).catch(() => undefined);
      if (bytes) await this.#check(machine, { id, bytes });
    }
  }

  async #check(
    machine: PeerMachine,
    { id, bytes }: { id: ChunkId; bytes: Uint8Array },
  ): Promise<void> {
    const { index, site } = this.#world;
    const { engine, process } = index;
    if (!engine || !process) return;
    const asked = engine.digests({ runs: [{ first: id, count: 1 }] });
    const digest = await process.outlive(asked).catch(() => undefined);
    if (digest && !equalBytes(digestOf(bytes), digest))
      site.verdict.fail(3, `${machine.name} serves other bytes as chunk ${id}`);
  }
}
