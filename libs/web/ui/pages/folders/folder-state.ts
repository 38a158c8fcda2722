/** What a mirror or a share is doing, in a word for its badge and a sentence beside it. */
import type { PeerStatus } from "../../api/methods.ts";
import { byteText, plural, rateText } from "../../parts/byte-text.ts";
import { leftText } from "../../parts/duration-text.ts";

export type Mirror = PeerStatus["mirrors"][number];
export type Share = PeerStatus["shares"][number];

export interface FolderState {
  tone: "good" | "moving" | "wait" | "bad";
  word: string;
  /** What that means, where it is not plain. */
  text?: string;
}

export interface Surroundings {
  /** Whether the index cannot be reached, and whether nobody else is online. */
  away: boolean;
  alone: boolean;
  rate: number;
}

export function mirrorState(mirror: Mirror, { away, alone, rate }: Surroundings): FolderState {
  if (mirror.paused)
    return {
      tone: "wait",
      word: "Paused",
      text: "You paused it. Nothing is fetched until you resume.",
    };
  switch (mirror.state) {
    case "complete":
      return { tone: "good", word: "Up to date" };
    case "partial":
      return {
        tone: "bad",
        word: "Not all of it",
        text: "All is here but what this disk cannot hold.",
      };
    case "paused":
      return {
        tone: "bad",
        word: "Stopped",
        text: "The folder is missing, or another than before. Nothing is written or deleted.",
      };
    case "lost":
      return {
        tone: "bad",
        word: "Gone from the drive",
        text: "Somebody deleted it in the drive. What is here stays.",
      };
    default:
      return rate > 0 ? { tone: "moving", word: "Fetching" } : waitingState({ away, alone });
  }
}

function waitingState({ away, alone }: Omit<Surroundings, "rate">): FolderState {
  if (away) return { tone: "wait", word: "Waiting", text: "The drive’s index is away." };
  if (alone) return { tone: "wait", word: "Waiting", text: "Nobody else is online now." };
  return { tone: "moving", word: "Fetching" };
}

export function shareState(share: Share): FolderState {
  if (share.paused)
    return {
      tone: "wait",
      word: "Paused",
      text: "You paused it. Changes are not published until you resume.",
    };
  switch (share.state) {
    case "following":
      return { tone: "good", word: "Published" };
    case "publishing":
      return { tone: "moving", word: "Publishing", text: "Others see its files as they are read." };
    case "waiting":
      return { tone: "bad", word: "Needs your answer" };
    default:
      return {
        tone: "bad",
        word: "Stopped",
        text: "The folder cannot be used now. Nothing is changed in the drive.",
      };
  }
}

/** How far a mirror is: `12 of 40 files · 1.2 GB left · 3.4 MB/s · about 3 minutes left`. */
export function progressText(mirror: Mirror, rate: number): string {
  const { files, bytes, missingFiles, missingBytes } = mirror;
  if (missingFiles === 0) return `${plural(files, "file")} · ${byteText(bytes)}`;
  const parts = [
    `${plural(missingFiles, "file")} to come`,
    `${byteText(missingBytes)} of ${byteText(bytes + missingBytes)}`,
    rate > 0 ? rateText(rate) : undefined,
    leftText(missingBytes, rate),
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}
