/** An address under which the browser itself can fetch a file's bytes. */
import { useEffect, useState } from "react";
import { sentenceOf } from "../api/api-error.ts";
import type { At } from "../api/methods.ts";
import { useSession } from "../shell/session.ts";

export type Ticket = { url: string } | { error: string } | undefined;

/** Undefined while it is asked for. A change of `version` asks anew: a ticket names fixed bytes. */
export function useTicket({ path, at }: At, version?: number): Ticket {
  const { client } = useSession();
  const [found, setFound] = useState<{ key: string; ticket: Ticket }>();
  const key = `${path}@${at ?? ""}@${version ?? ""}`;
  useEffect(() => {
    const stop = new AbortController();
    const params = at === undefined ? { path } : { path, at };
    client.call("ticket", params, { signal: stop.signal }).then(
      ({ url }) => setFound({ key, ticket: { url } }),
      (thrown: unknown) => {
        if (!stop.signal.aborted) setFound({ key, ticket: { error: sentenceOf(thrown) } });
      },
    );
    return () => stop.abort();
  }, [client, path, at, key]);
  return found?.key === key ? found.ticket : undefined;
}
