/** How long to wait before trying again. */

export interface BackOffInit {
  /** The first wait is between half of this and this. */
  minMs: number;
  /** No wait is longer. */
  maxMs: number;
  /** From 0 to 1: spreads those who failed together. */
  random: () => number;
}

export interface BackOff {
  /** Milliseconds to wait now; each call doubles the next, up to `maxMs`. */
  next(): number;
  /** After a success: the next wait is a short one again. */
  reset(): void;
}

export function backOff({ minMs, maxMs, random }: BackOffInit): BackOff {
  let ceilingMs = minMs;
  return {
    next: () => {
      const waitMs = ceilingMs / 2 + (random() * ceilingMs) / 2;
      ceilingMs = Math.min(ceilingMs * 2, maxMs);
      return waitMs;
    },
    reset: () => {
      ceilingMs = minMs;
    },
  };
}
