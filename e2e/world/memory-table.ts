/** Resident memory of processes over time, and whether it is flat. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Daemon } from "./daemon.ts";

const SAMPLE_MS = 5_000;
/** A process that is flat may still come to need this much more, in MiB: caches, a busier moment. */
const ALLOWANCE_MIB = 40;
const GROWTH_MAX = 1.3;

export class MemoryTable {
  readonly #daemons: ReadonlyMap<string, Daemon>;
  readonly #samples: Map<string, number[]>;

  constructor(daemons: ReadonlyMap<string, Daemon>) {
    this.#daemons = daemons;
    this.#samples = new Map([...daemons.keys()].map((name) => [name, []]));
  }

  /** Until the signal aborts. */
  async sample(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const [name, daemon] of this.#daemons) {
        const mib = await daemon.residentMiB();
        // Between a kill and the start after it there is nothing to see.
        if (mib > 0) this.#samples.get(name)?.push(mib);
      }
      await sleep(SAMPLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** A line per process: the median of each quarter and the highest, in MiB. */
  lines(): string[] {
    return [...this.#samples].map(([name, samples]) => {
      const quarters = [0, 1, 2, 3].map((quarter) => medianOf(samples, quarter).toFixed(0));
      return `${name.padEnd(8)} ${quarters.join(" → ")}  highest ${Math.max(0, ...samples).toFixed(0)}`;
    });
  }

  /** Processes whose last quarter lies too far above their second. */
  grown(): string[] {
    return [...this.#samples].flatMap(([name, samples]) => {
      const [before, after] = [medianOf(samples, 1), medianOf(samples, 3)];
      return after > before * GROWTH_MAX + ALLOWANCE_MIB ? [`${name}: ${before} → ${after}`] : [];
    });
  }
}

function medianOf(samples: readonly number[], quarter: number): number {
  const length = samples.length / 4;
  const part = samples.slice(Math.floor(quarter * length), Math.ceil((quarter + 1) * length));
  return part.toSorted((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0;
}
