/** One stream to one peer, kept open: every protocol of ours is a long-lived stream that comes back. */
import { backOff, silentLog, type Clock, type Log } from "@goliath/kit";
import { GoliathError, hasCode, type PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";
import type { Network } from "./network.ts";

/** Milliseconds before the first new try: a restart of the other side is over in a few of these. */
export const RECONNECT_MIN_MS = 100;
/** Milliseconds between tries at most: how late a peer that came back may be noticed. */
export const RECONNECT_MAX_MS = 15_000;
/** Milliseconds after which a connection was a good one and the waits start short again. */
export const RECONNECT_GOOD_AFTER_MS = 30_000;

export interface KeepStreamInit {
  network: Network;
  peer: PeerId;
  protocol: string;
  clock: Clock;
  /** From 0 to 1: spreads the peers of an index that restarted. */
  random: () => number;
  signal: AbortSignal;
  /** Uses one connection; settles when that connection is over. The stream is ended after it. */
  onOpen: (stream: ByteStream) => Promise<void>;
  log?: Log;
}

/**
 * Opens the stream again and again until the signal aborts, then resolves. Rejects with what
 * `onOpen` threw when trying again is useless (`retry: never`), as with `no-pass`.
 */
export async function keepStream(init: KeepStreamInit): Promise<void> {
  const { clock, random, signal, log = silentLog } = init;
  const waits = backOff({ minMs: RECONNECT_MIN_MS, maxMs: RECONNECT_MAX_MS, random });
  while (!signal.aborted) {
    const startedMs = clock.monotonicMs();
    const error = await useOnce(init);
    if (signal.aborted) return;
    if (error?.isFinal) throw error.cause;
    if (clock.monotonicMs() - startedMs >= RECONNECT_GOOD_AFTER_MS) waits.reset();
    const waitMs = waits.next();
    log.debug("reconnecting", {
      peer: init.peer,
      protocol: init.protocol,
      waitMs,
      error: error?.cause,
    });
    await clock.sleep(waitMs, signal).catch(() => undefined);
  }
}

interface Ended {
  cause: GoliathError;
  isFinal: boolean;
}

/** One connection from dial to end; undefined when it ended well. */
async function useOnce({
  network,
  peer,
  protocol,
  signal,
  onOpen,
}: KeepStreamInit): Promise<Ended | undefined> {
  let stream: ByteStream;
  try {
    stream = await network.open(peer, protocol, { signal });
  } catch (thrown) {
    // A peer that starts answers before all its protocols are there: `unsupported` may pass.
    return { cause: GoliathError.from(thrown), isFinal: hasCode(thrown, "bad-request") };
  }
  const abort = (): void => stream.abort(new GoliathError("aborted", "cancelled"));
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    await onOpen(stream);
    // What `onOpen` left open would count against the bound at the other side.
    await stream.close();
    return undefined;
  } catch (thrown) {
    const cause = GoliathError.from(thrown);
    stream.abort(cause);
    return { cause, isFinal: cause.retry === "never" };
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
