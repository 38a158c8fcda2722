/** Calls that go on for as long as there is work, which nobody should wait for in a dialog. */
import type { CallOptions } from "../api/client.ts";

/**
 * Resolves at the first sign of progress, or at the end. The call is left then, so that it takes up
 * none of the browser's few connections: what was begun goes on in the daemon.
 */
export async function begun<Progress>(
  call: (options: CallOptions<Progress>) => Promise<unknown>,
): Promise<void> {
  const leave = new AbortController();
  let started = false;
  try {
    await call({
      signal: leave.signal,
      onProgress: () => {
        started = true;
        leave.abort();
      },
    });
  } catch (thrown) {
    if (!started) throw thrown;
  }
}
