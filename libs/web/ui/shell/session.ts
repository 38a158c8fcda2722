/** What every page speaks through: one client, one watch, made once for the window. */
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Clock } from "@goliath/kit";
import type { Client } from "../api/client.ts";
import type { DriveChanges } from "../api/drive-changes.ts";
import type { RateHistory } from "../api/rate-history.ts";
import type { Watch, Watched } from "../api/watch.ts";
import type { TokenStore } from "../api/token.ts";
import type { UploadQueue } from "../uploads/upload-queue.ts";
import type { Notices } from "./notices.ts";

export interface Session {
  client: Client;
  watch: Watch;
  rates: RateHistory;
  tokens: TokenStore;
  clock: Clock;
  notices: Notices;
  changes: DriveChanges;
  uploads: UploadQueue;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("rendered outside of the session");
  return session;
}

export function useWatched(): Watched {
  const { store } = useSession().watch;
  return useSyncExternalStore(store.subscribe, store.get);
}

/** A part of what is watched: renders again only when that part is another. */
export function useWatchedPart<Part extends string | number | boolean | undefined>(
  select: (watched: Watched) => Part,
): Part {
  const { store } = useSession().watch;
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
