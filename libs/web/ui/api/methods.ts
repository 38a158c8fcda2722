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

/** What is to come: a page offers it where the peer's status tells of it (`paused`). */
interface PauseControl {
  /** A share or mirror by its folder; all transfers without one. */
  pause: { params: { local?: string }; result: unknown };
  resume: { params: { local?: string }; result: unknown };
}

export type Api = WebControl & PauseControl;

export type Method = keyof Api & string;
export type { EntryView, FoundEntry, PeerControl, PeerStatus, SetupState, Standing };
