/** What a system's error means to a person, and what to do about it. */
import { GoliathError } from "@goliath/protocols/nouns";

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space, and it goes on by itself",
  EDQUOT: "your quota of the disk is used up: free some space, and it goes on by itself",
  EROFS: "the disk is read-only: mount it for writing, and it goes on by itself",
  EACCES: "permission is denied: give it to the user who runs the peer, and it goes on by itself",
  EPERM: "permission is denied: give it to the user who runs the peer, and it goes on by itself",
  EIO: "the disk reports a fault: check it",
  EINVAL: "this disk cannot hold the name: rename it in the drive, or mirror onto another disk",
  EILSEQ: "this disk cannot hold the name: rename it in the drive, or mirror onto another disk",
  EXDEV: "another disk is mounted there: unmount it, or mirror elsewhere",
  ENAMETOOLONG: "the name or the whole path is too long for this disk: shorten it",
};

/** One sentence. */
export function troubleOf(thrown: unknown): string {
  const known = WORDS[systemCodeOf(thrown)];
  return known ?? GoliathError.from(thrown).message;
}

/** The system's code of an error or of what caused it; empty when there is none. */
export function systemCodeOf(thrown: unknown): string {
  for (let at: unknown = GoliathError.from(thrown); at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^E[A-Z]+$/u.test(at.code)) return at.code;
  }
  return "";
}

/** Whether no file can be written before somebody frees some space. */
export function isFull(thrown: unknown): boolean {
  return ["ENOSPC", "EDQUOT"].includes(systemCodeOf(thrown));
}
