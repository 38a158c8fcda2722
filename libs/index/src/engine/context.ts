/** What every operation is told besides its request. */
export interface Context {
  /** The index's clock, in milliseconds since 1970. */
  nowMs: number;
  leaseMs: number;
}
