/** What the index's daemon is asked over its control socket, and what it answers. */
import type { PeerAnswer, SharedParams, Nothing } from "./peer-methods.ts";

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

export interface IndexParams extends SharedParams {
  status: Nothing;
  backup: { to: string };
  check: Nothing;
}

interface OwnAnswers {
  status: IndexStatus;
  backup: Record<string, unknown>;
  /** No problems: all is well. */
  check: { problems: string[] };
}

/** What a method of the index returns: for what a peer is asked too, the same. */
export type IndexAnswer<Name extends keyof IndexParams> = Name extends keyof OwnAnswers
  ? OwnAnswers[Name]
  : Name extends keyof SharedParams
    ? PeerAnswer<Name>
    : never;
