/** What the UI asks: all that the `goliath` command does, and what a page needs besides. */
import type { Nothing, PeerControl } from "@goliath/peer/control";

/**
 * - `new`: this home has no drive; `join` or `createDrive` gives it one.
 * - `joining`: it is being let in; the index may be away.
 * - `ready`: all methods answer.
 */
export type SetupState = "new" | "joining" | "ready";

export interface SetupStatus {
  state: SetupState;
  /** Whether the index of the drive runs in this home too. */
  homeHasIndex: boolean;
  /** Why the last try to join failed, in words for a person. */
  problem?: string;
}

export interface SetupControl {
  setup: { params: Nothing; result: SetupStatus };
  join: { params: { link: string; name?: string | undefined }; result: SetupStatus };
  createDrive: { params: { name?: string | undefined }; result: SetupStatus };
}

export interface WebControl extends PeerControl, SetupControl {
  /** Folders in a folder of the peer's machine, its user's home by default; names alone. */
  folders: {
    params: { local?: string | undefined };
    result: {
      local: string;
      parent?: string;
      folders: string[];
      writable: boolean;
      /** Whether there are others. */
      more: boolean;
    };
  };
  /** An address that opens one version of a file for 12 hours, without the token. */
  ticket: {
    params: { path: string; at?: number | undefined; download?: boolean | undefined };
    /** `url` is a path on this server. */
    result: { url: string; size: number; root: string };
  };
}
