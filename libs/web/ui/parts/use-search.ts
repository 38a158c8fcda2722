/** Names found as somebody types: after a short rest, the last question alone. */
import { useEffect, useState } from "react";
import { ApiError } from "../api/api-error.ts";
import type { Api } from "../api/methods.ts";
import { useSession } from "../shell/session.ts";

/** Between two letters of somebody who types. */
const REST_MS = 90;

export interface Search {
  /** The last answer: it stays while the next is on its way, so that nothing flickers. */
  answer: Api["search"]["result"] | undefined;
  error: ApiError | undefined;
  busy: boolean;
}

const NOTHING: Search = { answer: undefined, error: undefined, busy: false };

export function useSearch(text: string, limit: number): Search {
  const { client, clock } = useSession();
  const [found, setFound] = useState<Search & { text: string }>({ ...NOTHING, text: "" });
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === "") return undefined;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      await clock.sleep(REST_MS, stop.signal);
      const answer = await client.call("search", { text: wanted, limit }, { signal: stop.signal });
      setFound({ ...NOTHING, text: wanted, answer });
    };
    ask().catch((thrown: unknown) => {
      if (!stop.signal.aborted)
        setFound({ ...NOTHING, text: wanted, error: ApiError.from(thrown) });
    });
    return () => stop.abort();
  }, [client, clock, wanted, limit]);
  if (wanted === "") return NOTHING;
  const { answer, error, text: of } = found;
  return of === wanted ? { answer, error, busy: false } : { answer, error: undefined, busy: true };
}
