/** What the peer can be asked, by method: types alone, so that nothing of the peer is bundled. */
import type { EntryView, FoundEntry, PeerControl, PeerStatus } from "@goliath/peer/control";
import type { SetupState, WebControl } from "../../src/web-control.ts";

export interface At {
  path: string;
  at?: number | undefined;
}

/** Where an entry's bytes are; `null` where nothing stands. Directories have no counts. */
export interface Standing {
  here: "all" | "part" | "none";
  hereBytes?: number;
  /** Of the chunk that has the fewest. */
  holders?: number;
  reachable?: boolean;
  copies?: { fewest: number; wanted: number };
  atRisk?: boolean;
  mirrored: boolean;
  shared: boolean;
}

/** What only a page asks. */
interface PageControl {
  standing: {
    params: { paths: string[]; at?: number | undefined };
    result: { entries: (Standing | null)[] };
  };
  folders: {
    params: { local?: string | undefined };
    result: { local: string; parent?: string; folders: string[]; writable: boolean };
  };
}

export type Api = WebControl & PageControl;

export type Method = keyof Api & string;
export type { EntryView, FoundEntry, PeerControl, PeerStatus, SetupState };
