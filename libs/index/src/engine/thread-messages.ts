/** What travels between the engine's thread and those of its store. */
import type { DriveId, ErrorCode } from "@goliath/protocols/nouns";
import { GoliathError } from "@goliath/protocols/nouns";
import type { SentReply } from "./reply-columns.ts";

/** What a thread is started with. */
export interface ThreadData {
  file: string;
  drive: DriveId;
  chunkBytes: number;
  leaseMs: number;
  access: "read" | "write";
}

export interface ThreadCall {
  call: number;
  name: string;
  request: unknown;
  nowMs: number;
  /** For how long the index was open when it was called, in milliseconds. */
  openMs: number;
}

/** A thread loads its code at once and opens the file when told to. */
export type ToThread = { calls: ThreadCall[] } | { open: true } | { close: true };

export type ThreadReply = { call: number; reply: SentReply } | { call: number; error: SentError };

export type FromThread = { ready: true } | { replies: ThreadReply[] } | { failed: SentError };

/** An error between threads of ours: a clone would lose its class and code. */
export interface SentError {
  code: ErrorCode;
  message: string;
  about: Record<string, string | number>;
}

export function toSent(thrown: unknown): SentError {
  const { code, message, about } = GoliathError.from(thrown);
  return { code, message, about: { ...about } };
}

export function fromSent({ code, message, about }: SentError): GoliathError {
  return new GoliathError(code, message, { about });
}
