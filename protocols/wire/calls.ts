/**
 * Many calls in flight on one stream: requests carry a number, replies carry it back, in any order.
 * Each protocol brings its own messages; the files beside this one bring the bookkeeping and its
 * bounds: `Caller` asks, `serveCalls` answers, `TwoWayCalls` does both on one stream.
 */
import type { GoliathError } from "../nouns/exports.ts";
import type { FrameStream } from "./frame.ts";
import type { WireStatus } from "./status.ts";

/** Calls one side may have unanswered. Bounds memory at both ends; beyond it `call` waits. */
export const CALLS_IN_FLIGHT_MAX = 256;
/**
 * Bytes of requests, headers and payloads, that the answering side holds at once, per stream; while
 * it holds more it does not read on. Four of the largest chunks: enough to keep a disk busy.
 */
export const REQUEST_BYTES_HELD_MAX = 16 * 1024 * 1024;

/** What travels besides the protocol's own fields: a number that grows with every request. */
export interface Numbered {
  call: number;
}

export interface Message<Body> {
  body: Body;
  payload: Uint8Array;
}

/** A request as it was read, with the bytes of its frame. */
export type Received<Request> = Message<Request & Numbered> & { bytes: number };

/** Deadlines are the caller's: there is no clock here. */
export interface CallOptions {
  signal?: AbortSignal;
}

/** What the asking end needs besides a way to decode replies. */
export interface AskInit<Request> {
  frames: FrameStream;
  encode: (request: Request & Numbered) => Uint8Array;
  /** The request that gives up the call whose number it carries; sent when a call is aborted. */
  cancel?: Request;
  inFlightMax?: number;
}

/** What the answering end needs besides a way to decode requests. */
export interface AnswerInit<Request, Reply> {
  frames: FrameStream;
  encode: (reply: Reply & Numbered & WireStatus) => Uint8Array;
  /**
   * Does one request. What it throws becomes a status. `signal` aborts when the other side gives
   * the call up and when the stream breaks: whatever waits must obey it.
   */
  handle: (
    request: Message<Request>,
    options: { signal: AbortSignal },
  ) => Promise<{ body: Reply; payload?: Uint8Array }>;
  /** The empty reply that carries a refusal. */
  refusal: Reply;
  /** Tells the request that gives up the call whose number it carries. It gets no reply. */
  isCancel?: (request: Request) => boolean;
  /** Requests accepted and not yet answered. */
  inFlightMax?: number;
  /** Requests of these that are worked on, their replies on the way out: bounds reply payloads. */
  activeMax?: number;
  /** Told of faults of ours (`internal`), which the other side sees as a number only. */
  onFault?: (error: GoliathError) => void;
}
