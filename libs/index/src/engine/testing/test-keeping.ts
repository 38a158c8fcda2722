/** What looks after the past and after garbage, as the service does it, for tests. */
import type { ChunkId, ChunkRun, Revision } from "@goliath/protocols/nouns";
import type { IndexEngine, RetainCursor, UsageCursor } from "../engine.ts";

/** A whole pass of `retain`, then more until one finds nothing: what went, in all. */
export async function retainAll(engine: IndexEngine, limit?: number): Promise<number> {
  let all = 0;
  for (let found = 1; found > 0; all += found) {
    found = 0;
    let cursor: RetainCursor | undefined;
    do {
      const request = { ...(cursor && { cursor }), ...(limit !== undefined && { limit }) };
      const reply = await engine.retain(request);
      found += reply.pruned;
      cursor = reply.next;
    } while (cursor);
  }
  return all;
}

/** What is used, as a consumer of `usage` knows it. */
export class TestCensus {
  readonly #engine: IndexEngine;
  /** Targets by id. */
  readonly copies = new Map<number, number>();
  revision = 0 as Revision;

  constructor(engine: IndexEngine) {
    this.#engine = engine;
  }

  /** A sweep, with whatever `between` does between its pages. */
  async sweep({ limit, between }: { limit?: number; between?: () => Promise<void> } = {}) {
    await this.#pages({ ...(limit !== undefined && { limit }) }, between);
    return this;
  }

  async catchUp(): Promise<void> {
    await this.#pages({ since: this.revision });
  }

  get ids(): number[] {
    return [...this.copies.keys()].toSorted((a, b) => a - b);
  }

  /** The ids below `end` that are not used. */
  unused(end: number): ChunkRun[] {
    const runs: ChunkRun[] = [];
    for (let id = 1; id < end; id++) {
      if (!this.copies.has(id)) runs.push({ first: id as ChunkId, count: 1 });
    }
    return runs;
  }

  async #pages(
    request: { since?: Revision; limit?: number },
    between?: () => Promise<void>,
  ): Promise<void> {
    let cursor: UsageCursor | undefined;
    do {
      const page = await this.#engine.usage({ ...request, ...(cursor && { cursor }) });
      for (const [i, first] of page.firsts.entries()) {
        for (let id = first; id < first + (page.counts[i] as number); id++) {
          this.copies.set(id, Math.max(page.copies[i] as number, this.copies.get(id) ?? 0));
        }
      }
      cursor = page.next;
      this.revision = page.revision;
      await between?.();
    } while (cursor);
  }
}

/** Collects all that a fresh sweep finds unused; returns the ids that went. */
export async function collectAll(engine: IndexEngine, end: number): Promise<number[]> {
  const census = await new TestCensus(engine).sweep();
  return collectUnused(engine, { runs: census.unused(end), since: census.revision });
}

export async function collectUnused(
  engine: IndexEngine,
  { runs, since }: { runs: ChunkRun[]; since: Revision },
): Promise<number[]> {
  const ids: number[] = [];
  for (let left = runs; left.length > 0;) {
    const reply = await engine.collect({ runs: left, since });
    for (const { first, count } of reply.collected) {
      for (let id = first as number; id < first + count; id++) ids.push(id);
    }
    ({ left } = reply);
  }
  return ids;
}
