/** The log, a page at a time as it is scrolled to, and its newest as they come. */
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import type { Api } from "../../api/methods.ts";
import { useSession, useWatchedPart } from "../../shell/session.ts";

export type LogEntry = Api["log"]["result"][number];

const PAGE = 50;

export interface Log {
  entries: readonly LogEntry[];
  /** Whether nothing older is kept, as far as was asked. */
  complete: boolean;
  error?: ApiError | undefined;
  more(): void;
}

type Pages = Omit<Log, "more">;

const NONE: Pages = { entries: [], complete: false };

export function useLog(path: string): Log {
  const { client } = useSession();
  const revision = useWatchedPart(({ status }) => status?.index.revision);
  const connected = useWatchedPart(({ status }) => status?.index.connected);
  const [pages, setPages] = useState<Pages>(NONE);
  const busy = useRef(false);
  const oldest = pages.entries.at(-1)?.revision;
  const ask = useCallback(
    async (before: number | undefined): Promise<void> => {
      if (busy.current) return;
      busy.current = true;
      try {
        const where = path === "/" ? {} : { path };
        const found = await client.call("log", { limit: PAGE, before, ...where });
        setPages((pages) => joined(pages, { found, older: before !== undefined }));
      } catch (thrown) {
        setPages((pages) => ({ ...pages, error: ApiError.from(thrown) }));
      } finally {
        busy.current = false;
      }
    },
    [client, path],
  );
  useEffect(() => void ask(undefined), [ask, revision, connected]);
  const more = useCallback(() => void ask(oldest), [ask, oldest]);
  return { ...pages, more };
}

function joined(
  { entries, complete }: Pages,
  { found, older }: { found: readonly LogEntry[]; older: boolean },
): Pages {
  if (older) return { entries: [...entries, ...found], complete: found.length < PAGE };
  const newest = entries[0]?.revision ?? -1;
  const fresh = found.filter(({ revision }) => revision > newest);
  // More came at once than a page has: what is between is not known, so all is asked anew.
  if (fresh.length === PAGE) return { entries: fresh, complete: false };
  const first = entries.length === 0;
  return { entries: [...fresh, ...entries], complete: first ? found.length < PAGE : complete };
}
