/** A protocol of one word for tests of calls: JSON headers, so that tests can read and forge them. */
import { GoliathError } from "../nouns/exports.ts";
import type { FrameBounds, Numbered, WireStatus } from "../wire/exports.ts";

export interface Toy {
  word: string;
}

export const TOY_BOUNDS: FrameBounds = { headerBytesMax: 1024, payloadBytesMax: 64 * 1024 };
export const CANCEL: Toy = { word: "cancel" };
export const EMPTY: Toy = { word: "" };

export function encodeToy(toy: Toy & Numbered): Uint8Array {
  return Buffer.from(JSON.stringify(toy));
}

export function decodeToy(header: Uint8Array): Toy & Numbered {
  return parseJson(header) as Toy & Numbered;
}

export function decodeToyReply(header: Uint8Array): Toy & Numbered & WireStatus {
  return parseJson(header) as Toy & Numbered & WireStatus;
}

export function isToyCancel({ word }: Toy): boolean {
  return word === "cancel";
}

function parseJson(header: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(header).toString());
  } catch (cause) {
    throw new GoliathError("bad-request", "not JSON", { cause });
  }
}
