/** Follows what a peer says of itself, over its control socket, until it is aborted. */
import { backOff, callControl, controlSocketPath, type Clock } from "@goliath/kit";
import type { PeerStatus } from "@goliath/peer/control";

/** A peer that starts answers within seconds; one that is gone is asked for twice a minute. */
const RETRY_MS = { minMs: 500, maxMs: 30_000 };

export interface WatchPeerInit {
  home: string;
  clock: Clock;
  random: () => number;
  signal: AbortSignal;
  /** `undefined` while it does not answer. */
  onStatus: (status: PeerStatus | undefined) => void;
}

export async function watchPeer({ home, clock, random, signal, onStatus }: WatchPeerInit) {
  const waits = backOff({ ...RETRY_MS, random });
  const onProgress = (value: unknown): void => {
    waits.reset();
    onStatus((value as { status: PeerStatus }).status);
  };
  while (!signal.aborted) {
    const socket = controlSocketPath(home, "peer");
    await callControl(socket, "watch", {}, { signal, onProgress }).catch(() => undefined);
    if (signal.aborted) return;
    onStatus(undefined);
    await clock.sleep(waits.next(), signal).catch(() => undefined);
  }
}
