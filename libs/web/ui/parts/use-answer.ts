/** What the peer answers to a question of a page: asked again by time, by need, and as it changes. */
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "../api/api-error.ts";
import type { Api, Method } from "../api/methods.ts";
import { useSession, useWatchedPart } from "../shell/session.ts";

/** A question that failed is asked again by itself. */
const RETRY_MS = 5_000;

export interface Answer<Value> {
  /** The last that came to this question; it stays while a later one fails. */
  value?: Value;
  /** Why the last try failed. */
  error?: ApiError | undefined;
  again(): void;
}

export interface AnswerOptions {
  /** How often it is asked anew; once when absent. */
  everyMs?: number;
  /** Asked anew as this changes. */
  when?: string | number | undefined;
}

export function useAnswer<Name extends Method>(
  method: Name,
  params: Api[Name]["params"],
  { everyMs, when }: AnswerOptions = {},
): Answer<Api[Name]["result"]> {
  const { client, clock } = useSession();
  const connected = useWatchedPart(({ status }) => status?.index.connected);
  const key = JSON.stringify(params);
  const [found, setFound] = useState<Found<Api[Name]["result"]>>({ key });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const ask = async (): Promise<boolean> => {
      try {
        const value = await client.call(method, JSON.parse(key) as typeof params, { signal });
        setFound({ key, value });
        return true;
      } catch (thrown) {
        const error = ApiError.from(thrown);
        if (!signal.aborted)
          setFound((before) => ({ ...(before.key === key && before), key, error }));
        return false;
      }
    };
    const goOn = async (): Promise<void> => {
      while (!signal.aborted) {
        const pauseMs = (await ask()) ? everyMs : Math.max(everyMs ?? 0, RETRY_MS);
        if (pauseMs === undefined) return;
        await clock.sleep(pauseMs, signal);
      }
    };
    goOn().catch(() => undefined);
    return () => stop.abort();
  }, [client, clock, method, key, everyMs, when, round, connected]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return { ...(found.key === key && found), again };
}

interface Found<Value> {
  key: string;
  value?: Value;
  error?: ApiError;
}
