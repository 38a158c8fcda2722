/** A folder as the page draws it: its listing, kept in step with the drive, in the order chosen. */
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { EntryView } from "../../api/methods.ts";
import type { Client } from "../../api/client.ts";
import { useSession, useWatchedPart } from "../../shell/session.ts";
import { Listing, PAGE_ENTRIES } from "./listing.ts";
import { sorted, type Order } from "./order.ts";

export interface Folder {
  listing: Listing;
  /** Rows to draw, those still to come included. */
  rows: number;
  /** Whether other orders than the index's are possible. */
  sortable: boolean;
  entryAt(row: number): EntryView | undefined;
  rowOf(name: string): number | undefined;
}

export interface FolderPlace {
  path: string;
  /** As it was in this revision; now when undefined. */
  at: number | undefined;
}

export function useFolder({ path, at }: FolderPlace, order: Order): Folder {
  const { client } = useSession();
  const listing = useListing({ path, at }, client);
  const version = useSyncExternalStore(listing.changed.subscribe, listing.changed.get);
  const revision = useWatchedPart(({ status }) => status?.index.revision);
  const connected = useWatchedPart(({ status }) => status?.index.connected);
  useEffect(() => {
    // The past does not change; what failed while the index was away is tried again all the same.
    if (connected === true && (at === undefined || listing.error)) listing.refresh();
  }, [listing, revision, connected, at]);
  return useMemo(() => {
    void version;
    return folderOf(listing, order);
  }, [listing, version, order]);
}

function useListing({ path, at }: FolderPlace, client: Client): Listing {
  const [current, setCurrent] = useState(() => ({ path, at, listing: open({ path, at }, client) }));
  if (current.path !== path || current.at !== at)
    setCurrent({ path, at, listing: open({ path, at }, client) });
  const { listing } = current;
  useEffect(() => {
    listing.want(0, 0);
    return () => listing[Symbol.dispose]();
  }, [listing]);
  return listing;
}

function open({ path, at }: FolderPlace, client: Client): Listing {
  const when = at === undefined ? {} : { at };
  return new Listing({
    list: async (after, signal) =>
      client.call(
        "ls",
        { path, ...when, limit: PAGE_ENTRIES, ...(after !== undefined && { after }) },
        { signal },
      ),
    files: async (signal) => {
      const { entry } = await client.call("resolve", { path, ...when }, { signal });
      return entry?.files ?? 0;
    },
  });
}

function folderOf(listing: Listing, order: Order): Folder {
  const whole = listing.whole();
  if (!whole) {
    // While a small folder is still read, its rows would change places once it is whole.
    const hidden = listing.small && listing.state === "ready" && !listing.complete;
    return {
      listing,
      rows: listing.total,
      sortable: listing.small,
      entryAt: (row) => (hidden ? undefined : listing.entryAt(row)),
      rowOf: (name) => listing.rowOf(name),
    };
  }
  const entries = sorted(whole, order);
  const rows = new Map(entries.map(({ name }, row) => [name, row]));
  return {
    listing,
    rows: entries.length,
    sortable: true,
    entryAt: (row) => entries[row],
    rowOf: (name) => rows.get(name),
  };
}
