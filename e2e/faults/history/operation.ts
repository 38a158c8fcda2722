/** What concurrent clients did to the index and what they were told, with the times of both. */

/** Names to their values; every value is put once in a whole history. */
export interface Put {
  name: string;
  value: number;
  /** The revision the name must have; 0: nothing may stand there. */
  when?: number;
}

export type Call =
  | { kind: "commit"; puts: Put[] }
  /** All names, now or in a revision. */
  | { kind: "read"; at?: number };

export type Result =
  | { kind: "committed"; revision: number }
  | { kind: "refused" }
  | { kind: "read"; revision: number; values: ReadonlyMap<string, number> }
  /** The call was cut: it happened before its end, or never. */
  | { kind: "unknown" };

export interface Operation {
  client: string;
  call: Call;
  result: Result;
  /** By one monotonic clock. Of a cut commit the end is when it could surely not happen any more. */
  startedMs: number;
  /** When it was sent for the last time. */
  sentMs?: number;
  endedMs: number;
}
