/** What the staged parts of all connections together may take of this process's memory. */
export class StageBudget {
  #free: number;

  constructor(bytesMax = STAGE_BUDGET_BYTES) {
    this.#free = bytesMax;
  }

  /** Whether there was room. What was taken is given back with `give`. */
  take(bytes: number): boolean {
    if (bytes > this.#free) return false;
    this.#free -= bytes;
    return true;
  }

  give(bytes: number): void {
    this.#free += bytes;
  }
}

/** 512 MiB: four of the largest commits at once; the next writer is told `busy`. */
export const STAGE_BUDGET_BYTES = 512 * 1024 * 1024;
