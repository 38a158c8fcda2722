/** What every operation is told besides its request. */
export interface Context {
  /** The index's clock, in milliseconds since 1970. */
  nowMs: number;
  leaseMs: number;
}

/** What operations that write are told. */
export interface WriteContext extends Context {
  /**
   * How long the index has run in all, in whole milliseconds: what it had when it was opened, and
   * the time since. It passes while the index runs, whatever the clock on the wall says.
   */
  runMs: number;
}
