/** What a share says of itself. */
import type { DrivePath, Revision } from "@goliath/protocols/nouns";

/**
 * - `publishing`: the first publication is under way.
 * - `following`: all is published, and changes are as they come.
 * - `waiting`: so much is gone that a yes is needed before it is removed; all else goes on.
 * - `paused`: the folder cannot be used; nothing is changed in the drive.
 */
export const SHARE_STATES = ["publishing", "following", "waiting", "paused"] as const;
export type ShareState = (typeof SHARE_STATES)[number];

export interface ShareStatus {
  local: string;
  path: DrivePath;
  once: boolean;
  state: ShareState;
  /** In the drive by this share, now. */
  files: number;
  bytes: number;
  /** The last revision this share made. */
  revision: Revision;
  /** In words for a person, what to do included. */
  problems: string[];
  /** Whether its user paused it: what changes in the folder waits. */
  paused?: true;
}

/** While it is published. The totals are counted meanwhile, so they grow at first. */
export interface ShareProgress extends ShareStatus {
  totalFiles: number;
  totalBytes: number;
}
