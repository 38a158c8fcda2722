/** What the index's daemon is asked over its control socket, and what it answers. */
import type { Nothing, SharedControl } from "@goliath/peer/control";

export interface IndexStatus {
  drive: string;
  peerId: string;
  generation: number;
  revision: number;
  listen: string[];
  link: string;
  /** How many are connected. */
  peers: number;
  members: number;
  files: number;
  bytes: number;
}

export interface IndexControl extends SharedControl {
  status: { params: Nothing; result: IndexStatus };
  backup: { params: { to: string }; result: Record<string, unknown> };
  /** No problems: all is well. */
  check: { params: Nothing; result: { problems: string[] } };
}
