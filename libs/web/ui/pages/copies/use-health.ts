/** How the copies in a folder stand: child by child as they are counted, and again from time to time. */
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import type { Api } from "../../api/methods.ts";
import { useSession, useWatchedPart } from "../../shell/session.ts";

export type ChildHealth = Api["health"]["progress"]["child"];
export type TotalHealth = Api["health"]["result"];

/** Pause between two counts, and how often longer than a count took: it walks through all files. */
const PAUSE_MS = 10_000;
const PAUSE_FACTOR = 10;

interface Found {
  path: string;
  children: readonly ChildHealth[];
  /** Absent while it is counted for the first time. */
  total?: TotalHealth;
  error?: ApiError | undefined;
}

export interface Health extends Omit<Found, "path"> {
  again(): void;
}

export function useHealth(path: string): Health {
  const { client, clock } = useSession();
  const connected = useWatchedPart(({ status }) => status?.index.connected);
  const [round, setRound] = useState(0);
  const [found, setFound] = useState<Found>({ path, children: [] });
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const count = async (): Promise<void> => {
      const children: ChildHealth[] = [];
      const onProgress = ({ child }: { child: ChildHealth }): void => {
        children.push(child);
        // At first each is shown as it comes; later ones take the place of all when all are there.
        setFound((now) =>
          now.path === path && now.total ? now : { path, children: [...children] },
        );
      };
      try {
        const total = await client.call("health", { path }, { signal, onProgress });
        setFound({ path, children, total });
      } catch (thrown) {
        const error = ApiError.from(thrown);
        if (signal.aborted) return;
        setFound((now) => ({ ...(now.path === path ? now : { path, children: [] }), error }));
      }
    };
    const goOn = async (): Promise<void> => {
      while (!signal.aborted) {
        const startMs = clock.monotonicMs();
        await count();
        const tookMs = clock.monotonicMs() - startMs;
        await clock.sleep(Math.max(PAUSE_MS, tookMs * PAUSE_FACTOR), signal);
      }
    };
    goOn().catch(() => undefined);
    return () => stop.abort();
  }, [client, clock, path, round, connected]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return { ...(found.path === path ? found : { children: [] }), again };
}
