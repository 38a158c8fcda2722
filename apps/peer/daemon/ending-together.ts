/** Parts of one daemon that end together: when one of them ends, or when asked. */
import type { Daemon } from "./daemons.ts";

type Ending = Omit<Daemon<never>, "ready">;

/** `ended` settles when the first part has ended by itself. */
export function endingTogether(parts: AsyncDisposableStack, ended: Promise<void>): Ending {
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= parts.disposeAsync());
  const closed = ended.then(close, async (error: unknown) => {
    await close().catch(() => undefined);
    throw error;
  });
  // Whoever waits for it hears of a fault; nobody has to.
  closed.catch(() => undefined);
  return { closed, stop: close, [Symbol.asyncDispose]: close };
}
