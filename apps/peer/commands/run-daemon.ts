/** How a daemon lives in the foreground: started, announced, stopped by a signal. */
import type { Run } from "../cli.ts";
import type { Daemon, PeerReady } from "../daemon/daemons.ts";
import { printable } from "../output/printable.ts";

export interface RunDaemonInit<Ready extends PeerReady> {
  start: () => Promise<Daemon<Ready>>;
  /** The paragraph for a person. */
  greet: (ready: Ready) => readonly string[];
}

/** Returns when the daemon has ended cleanly; rejects with the fault it died of. */
export async function runDaemon<Ready extends PeerReady>(
  { out, signal }: Run,
  { start, greet }: RunDaemonInit<Ready>,
): Promise<void> {
  await using daemon = await start();
  const stop = () => void daemon.stop().catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  // Interrupted while it started.
  if (signal.aborted) stop();
  try {
    await out.result(daemon.ready, (ready) => greet(ready).map(printable));
    await daemon.closed;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
