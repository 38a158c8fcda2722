/** What happened in a simulation, in order: for reading after a failure, and as one hash. */
import { createHash } from "node:crypto";
import type { Clock } from "@goliath/kit";

/** Lines kept; the hash is of all. */
const LINES_MAX = 20_000;

export class Trace {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #hash = createHash("sha256");
  readonly #lines: string[] = [];
  #count = 0;

  constructor(clock: Pick<Clock, "monotonicMs">) {
    this.#clock = clock;
  }

  /** How many things happened. */
  get count(): number {
    return this.#count;
  }

  note(who: string, what: string): void {
    const line = `${this.#clock.monotonicMs().toFixed(3).padStart(12)} ${who.padEnd(6)} ${what}`;
    this.#hash.update(line).update("\n");
    this.#count++;
    this.#lines.push(line);
    if (this.#lines.length > 2 * LINES_MAX) this.#lines.splice(0, LINES_MAX);
  }

  /** The newest lines, oldest first. */
  last(count: number): string[] {
    return count > 0 ? this.#lines.slice(-count) : [];
  }

  /** Of everything so far: equal histories have equal hashes. */
  digest(): string {
    return this.#hash.copy().digest("hex");
  }
}
