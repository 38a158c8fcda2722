/** Where the rows in view are, asked a moment after the scrolling rests, and again as things change. */
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { Standing } from "../../api/methods.ts";
import { joinPath } from "../../parts/drive-path.ts";
import { useSession, useWatchedPart } from "../../shell/session.ts";
import { Standings } from "./standings.ts";
import type { FolderPlace } from "./use-folder.ts";

/** While a hand scrolls nobody reads. */
const REST_MS = 120;
/** Holders come and go without a revision. */
const AGAIN_MS = 10_000;

export interface StandingsView {
  of(name: string): Standing | null | undefined;
  seen(names: string[]): void;
}

export function useStandings({ path, at }: FolderPlace): StandingsView {
  const { client, clock } = useSession();
  const standings = useMemo(
    () =>
      new Standings(async (paths, signal) => {
        const params = at === undefined ? { paths } : { paths, at };
        const { entries } = await client.call("standing", params, { signal });
        return entries;
      }),
    [client, at],
  );
  useEffect(() => () => standings[Symbol.dispose](), [standings]);
  const version = useSyncExternalStore(standings.changed.subscribe, standings.changed.get);
  const view = useRef<string[]>([]);
  const rest = useRef(new AbortController());
  const ask = useCallback(
    (anew: boolean) => void standings.want(view.current, { anew }),
    [standings],
  );
  const seen = useCallback(
    (names: string[]) => {
      view.current = names.map((name) => joinPath(path, name));
      rest.current.abort();
      rest.current = new AbortController();
      void clock.sleep(REST_MS, rest.current.signal).then(
        () => ask(false),
        () => undefined,
      );
    },
    [path, clock, ask],
  );
  const revision = useWatchedPart(({ status }) => status?.index.revision);
  useEffect(() => {
    const stop = new AbortController();
    const again = async (): Promise<void> => {
      for (;;) {
        ask(true);
        await clock.sleep(AGAIN_MS, stop.signal);
      }
    };
    again().catch(() => undefined);
    return () => stop.abort();
  }, [ask, clock, revision]);
  const of = useCallback(
    (name: string) => {
      void version;
      return standings.get(joinPath(path, name));
    },
    [standings, path, version],
  );
  return useMemo(() => ({ of, seen }), [of, seen]);
}
