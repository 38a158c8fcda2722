/** How a daemon lives in the foreground: started, announced, stopped by a signal. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { Run } from "../cli.ts";
import type { Daemon, PeerReady } from "../daemon/daemons.ts";
import { printable } from "../output/printable.ts";

/**
 * What is under way ends within this, or with the process: what was not told as done is not lost,
 * as after a power cut. Less than a service manager waits before it kills.
 */
export const STOP_MS = 30_000;

export interface RunDaemonInit<Ready extends PeerReady> {
  start: () => Promise<Daemon<Ready>>;
  /** The paragraph for a person. */
  greet: (ready: Ready) => readonly string[];
}

/**
 * Returns when the daemon has ended cleanly; rejects with the fault it died of, or with `timeout`
 * when it has not ended long after it was asked to: the process is to end then.
 */
export async function runDaemon<Ready extends PeerReady>(
  run: Run,
  { start, greet }: RunDaemonInit<Ready>,
): Promise<void> {
  const { out, signal } = run;
  using overdue = watchStop(run);
  const daemon = await Promise.race([start(), overdue.late]);
  const stop = () => void daemon.stop().catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  // Interrupted while it started.
  if (signal.aborted) stop();
  try {
    await out.result(daemon.ready, (ready) => greet(ready).map(printable));
    await Promise.race([daemon.closed, overdue.late]);
  } finally {
    signal.removeEventListener("abort", stop);
    await Promise.race([daemon[Symbol.asyncDispose](), overdue.late]);
  }
}

/** `late` rejects when the daemon was asked to end that long ago. */
function watchStop({ ambient, signal }: Run): Disposable & { late: Promise<never> } {
  const ended = new AbortController();
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => undefined);
  const watch = () =>
    void ambient.clock.sleep(STOP_MS, ended.signal).then(
      () => late.reject(new GoliathError("timeout", `not stopped after ${STOP_MS / 1000} seconds`)),
      () => undefined,
    );
  if (signal.aborted) watch();
  else signal.addEventListener("abort", watch, { once: true });
  return {
    late: late.promise,
    [Symbol.dispose]: () => {
      signal.removeEventListener("abort", watch);
      ended.abort();
    },
  };
}
