/**
 * Changes of directories that are not on the simulated disk yet. A power cut finds, for each
 * directory, a beginning of what was done to it in order; a change of two directories (a rename
 * from one to the other) is there whole or not at all. Syncing a file does not sync its name.
 */
import type { DirectoryInode, Inode } from "./inode.ts";

/** One name that comes to stand for an inode, or for nothing. */
export interface DirectoryEdit {
  directory: DirectoryInode;
  name: string;
  inode: Inode | undefined;
}

export class DirectoryJournal {
  #pending: DirectoryEdit[][] = [];

  /** Edits that happen together. */
  add(edits: DirectoryEdit[]): void {
    for (const { directory, name, inode } of edits) {
      if (inode) directory.entries.set(name, inode);
      else directory.entries.delete(name);
    }
    this.#pending.push(edits);
  }

  /** Puts a directory on the disk, with what other directories must have for that. */
  sync(directory: DirectoryInode): void {
    const needed = new Set([directory]);
    const waiting: DirectoryEdit[][] = [];
    const settled: DirectoryEdit[][] = [];
    for (const edits of this.#pending.toReversed()) {
      const wanted = edits.some((edit) => needed.has(edit.directory));
      if (wanted) for (const edit of edits) needed.add(edit.directory);
      (wanted ? settled : waiting).push(edits);
    }
    this.#pending = waiting.toReversed();
    for (const edits of settled.toReversed()) settle(edits);
  }

  /** What a power cut leaves: `keep` says whether one more change is there. */
  losePower(keep: () => boolean): void {
    const cut = new Set<DirectoryInode>();
    for (const edits of this.#pending) {
      const possible = !edits.some((edit) => cut.has(edit.directory));
      if (possible && keep()) settle(edits);
      else for (const { directory } of edits) cut.add(directory);
    }
    this.#pending = [];
  }
}

function settle(edits: DirectoryEdit[]): void {
  for (const { directory, name, inode } of edits) {
    if (inode) directory.syncedEntries.set(name, inode);
    else directory.syncedEntries.delete(name);
  }
}
