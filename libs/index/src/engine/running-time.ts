/**
 * The index's running time: how long it has run in all its life. Retention is counted in it, so
 * that no clock that is set, and no month in which the index was off, ends the past.
 */
import type { Head, StoreTransaction } from "../store/index-store.ts";
import type { WriteContext } from "./context.ts";

/** The head with the running time moved on: it never goes back. */
export function ranUntil(head: Head, runMs: number): Head {
  return { ...head, runMs: Math.max(head.runMs, runMs) };
}

/** Writes the running time down: what a crash loses of it is what passed since. Returns it. */
export async function tick(
  transaction: StoreTransaction,
  _request: object,
  { runMs }: WriteContext,
): Promise<number> {
  const head = ranUntil(await transaction.head(), runMs);
  await transaction.apply({ head });
  return head.runMs;
}
