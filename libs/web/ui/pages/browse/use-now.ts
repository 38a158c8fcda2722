/** The time, to the minute: enough for "today". */
import { useEffect, useState } from "react";
import { useSession } from "../../shell/session.ts";

const MINUTE_MS = 60_000;

export function useNow(): number {
  const { clock } = useSession();
  const [nowMs, setNowMs] = useState(() => clock.nowMs());
  useEffect(() => {
    const stop = new AbortController();
    const tick = async (): Promise<void> => {
      for (;;) {
        await clock.sleep(MINUTE_MS, stop.signal);
        setNowMs(clock.nowMs());
      }
    };
    tick().catch(() => undefined);
    return () => stop.abort();
  }, [clock]);
  return nowMs;
}
