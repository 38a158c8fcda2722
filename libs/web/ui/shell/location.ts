/** Where the window is: the address as state, and ways to go elsewhere without loading anew. */
import { useSyncExternalStore } from "react";

export interface Place {
  pathname: string;
  search: string;
}

const listeners = new Set<() => void>();
let current: Place = { pathname: location.pathname, search: location.search };

function moved(): void {
  const { pathname, search } = location;
  if (pathname === current.pathname && search === current.search) return;
  current = { pathname, search };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener("popstate", moved);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener("popstate", moved);
  };
}

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, () => current);
}

export function goTo(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  moved();
}
