/** What the model knows of how long the past lasts: at least what is promised, and not for ever. */
import { expect } from "vitest";
import { RETENTION_MS_MIN } from "@goliath/protocols/nouns";
import type { ChunkRun, FileBody } from "@goliath/protocols/nouns";
import type { IndexEngine } from "../engine.ts";
import type { ModelTree } from "./drive-model.ts";
import type { TestClock } from "./test-engine.ts";
import { collectUnused, retainAll, TestCensus } from "./test-keeping.ts";

/** Longer than any policy of a model keeps anything, with the default of the drive. */
const FOR_EVER_MS = 31 * 24 * 3_600_000;
/** Rows a step, so that everything that can be cut in two is. */
const STEP_ROWS = 3;
/** Digests asked for at once. */
const RUNS_AT_ONCE = 500;

interface PassInit {
  ms: number;
  /** Above every id there is. */
  end: number;
  between?: () => Promise<void>;
  pages?: number;
}

export class ModelKeeping {
  readonly #clock: TestClock;
  /** The running time at which each revision was made. */
  readonly #madeAt: number[] = [0];

  constructor(clock: TestClock) {
    this.#clock = clock;
  }

  made(revision: number): void {
    this.#madeAt[revision] ??= this.#clock.ran;
  }

  /** Whether a revision must be there whole: it ended within the shortest retention there is. */
  mustKeep(revision: number): boolean {
    const endedAt = this.#madeAt[revision + 1];
    return endedAt === undefined || this.#clock.ran - endedAt < RETENTION_MS_MIN;
  }

  /**
   * Lets time pass, ends what is past its retention and gives up what nothing uses. `between`
   * happens after so many pages of the sweep, or between it and the collection. Returns the ids
   * given up.
   */
  async pass(
    engine: IndexEngine,
    { ms, end, between, pages = Infinity }: PassInit,
  ): Promise<Set<number>> {
    this.#clock.ran += ms;
    await retainAll(engine, STEP_ROWS);
    let left = pages;
    const census = await new TestCensus(engine).sweep({
      limit: STEP_ROWS,
      between: async () => {
        if (left-- === 0) await between?.();
      },
    });
    if (left >= 0) await between?.();
    const runs = census.unused(end);
    return new Set(await collectUnused(engine, { runs, since: census.revision }));
  }

  /** All that must be kept still has its digests. */
  async checkDigests(engine: IndexEngine, trees: readonly ModelTree[]): Promise<void> {
    const kept = trees.filter((_, revision) => this.mustKeep(revision));
    const bodies = new Set(kept.flatMap((tree) => [...tree.values()].map(({ body }) => body)));
    const runs = [...bodies].flatMap((body) => body?.extents ?? []);
    for (let i = 0; i < runs.length; i += RUNS_AT_ONCE) {
      await engine.digests({ runs: runs.slice(i, i + RUNS_AT_ONCE) });
    }
  }

  /** In the end nothing but what is of now is left. */
  async checkEnd(engine: IndexEngine, { now, end }: { now: ModelTree; end: number }) {
    await this.pass(engine, { ms: FOR_EVER_MS, end });
    const { oldest, revision } = await engine.drive();
    expect(oldest).toBe(revision);
    const bodies = [...now.values()].flatMap(({ body }) => (body ? [body] : []));
    const { ids } = await new TestCensus(engine).sweep();
    expect(ids).toEqual(idsOf(bodies));
    await this.checkDigests(engine, [...Array.from({ length: revision }, () => new Map()), now]);
  }
}

function idsOf(bodies: readonly FileBody[]): number[] {
  const ids = new Set<number>();
  const runs: ChunkRun[] = bodies.flatMap(({ extents }) => extents);
  for (const { first, count } of runs) for (let i = 0; i < count; i++) ids.add(first + i);
  return [...ids].toSorted((a, b) => a - b);
}
