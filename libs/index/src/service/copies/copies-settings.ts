/** What an operator may set about copies, with the defaults and their reasons. */

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export interface CopiesSettings {
  /** How long a keeper may be away before its copies are made anew elsewhere. */
  graceMs: number;
  /** A full report may take several messages: so long after the first, all is thought to be here. */
  settleMs: number;
  /** How long chunks must have been seen unused before they are collected. */
  collectDelayMs: number;
  /** How often what is used is counted anew from the whole namespace. */
  sweepIntervalMs: number;
  /** How often one chunk of one keeper is read back. */
  auditIntervalMs: number;
  /** How long a keeper that was caught is not counted. */
  distrustMs: number;
  /** Orders to copy under way at once: of all keepers, and of one. */
  ordersMax: number;
  ordersPerKeeperMax: number;
  /** What orders to copy may move: all together, and to one keeper. */
  bytesPerSecond: number;
  keeperBytesPerSecond: number;
  /** How often the repair looks again when nothing told it to. */
  lookIntervalMs: number;
}

export const COPIES_DEFAULTS: CopiesSettings = {
  // A reboot or an upgrade of a seedbox is shorter; a day of lost redundancy is not risked.
  graceMs: 15 * MINUTE_MS,
  // The largest, of a million runs, takes that long over a line of 10 Mbit/s.
  settleMs: 10_000,
  collectDelayMs: HOUR_MS,
  // The whole of 100 million chunks takes minutes of a reader: a few per cent of its time.
  sweepIntervalMs: HOUR_MS,
  // 0.1 MB/s of the index's line with chunks of 1 MiB.
  auditIntervalMs: 10_000,
  distrustMs: 24 * HOUR_MS,
  ordersMax: 64,
  ordersPerKeeperMax: 2,
  // Ten lines of 1 Gbit/s; half a line of 1 Gbit/s.
  bytesPerSecond: 1024 * MIB,
  keeperBytesPerSecond: 64 * MIB,
  lookIntervalMs: 5000,
};
