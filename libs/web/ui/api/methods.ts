/** What the peer can be asked, by method: types alone, so that nothing of the peer is bundled. */
import type {
  EntryView,
  FoundEntry,
  PeerControl,
  PeerStatus,
  Standing,
} from "@goliath/peer/control";
import type { SetupState, WebControl } from "../../src/web-control.ts";

export interface At {
  path: string;
  at?: number | undefined;
}

export type Api = WebControl;

export type Method = keyof Api & string;
export type { EntryView, FoundEntry, PeerControl, PeerStatus, SetupState, Standing };
