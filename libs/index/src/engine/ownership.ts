/**
 * Claims: a claimed directory's content is changed by its owner alone. On any line from the root
 * at most one peer owns anything, so that "whose is this?" has one answer. A claimed directory stays where it is, too: its owner's share goes
 * by that path.
 */
import { GoliathError } from "@goliath/protocols/nouns";
import type { DrivePath, PeerId } from "@goliath/protocols/nouns";
import type { DirRow } from "../store/index-store.ts";
import type { Draft, Spot } from "./draft.ts";

export function owned(path: DrivePath): GoliathError {
  return new GoliathError("owned", "another peer's share owns this path", { about: { path } });
}

/** Throws `owned` when the spot lies inside a directory that another peer claimed. */
export function checkLine({ line, path }: Spot, peer: PeerId): void {
  for (const { owner } of line) if (owner !== undefined && owner !== peer) throw owned(path);
}

/** Throws `owned` when another peer claimed `dir` or something below. */
export async function checkBelow(
  draft: Draft,
  { dir, path }: { dir: DirRow; path: DrivePath },
): Promise<void> {
  for (const { owner } of await draft.claimsWithin(dir)) {
    if (owner !== draft.peer) throw owned(path);
  }
}
