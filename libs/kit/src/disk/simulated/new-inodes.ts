/** Makes the inodes of a simulated disk and gives them their numbers. */
import { FileContent, type BlockSpace } from "./file-content.ts";
import type { DirectoryInode, FileInode, Inode, LinkInode } from "./inode.ts";

/** Permissions taken from what a process asks for. */
const UMASK = 0o022;
const NUMBER_FIRST = 2n;

export interface NewInodesInit {
  space: BlockSpace;
  nowNs: () => bigint;
}

export class NewInodes {
  readonly #init: NewInodesInit;
  #freeNumbers: bigint[] = [];
  #nextNumber = NUMBER_FIRST;

  constructor(init: NewInodesInit) {
    this.#init = init;
  }

  file(device: bigint, mode: number): FileInode {
    const content = new FileContent(this.#init.space);
    return { ...this.#any(device, mode & ~UMASK), kind: "file", content };
  }

  directory(device: bigint, mode: number): DirectoryInode {
    const names = { entries: new Map(), syncedEntries: new Map() };
    return { ...this.#any(device, mode & ~UMASK), kind: "directory", ...names };
  }

  link(device: bigint, target: string): LinkInode {
    return { ...this.#any(device, 0o777), kind: "link", target };
  }

  /** Nothing leads to it any more: its number is another's soon. */
  free({ number }: Inode): void {
    this.#freeNumbers.push(number);
  }

  /** After a power cut: these are all there are. */
  found(inodes: readonly Inode[]): void {
    const taken = new Set<bigint>();
    for (const inode of inodes) {
      // Its number was given to another while its removal was not on the disk.
      if (taken.has(inode.number)) inode.number = this.#nextNumber++;
      taken.add(inode.number);
    }
    this.#freeNumbers = [];
    for (let number = NUMBER_FIRST; number < this.#nextNumber; number++) {
      if (!taken.has(number)) this.#freeNumbers.push(number);
    }
  }

  #any(device: bigint, mode: number) {
    const now = this.#init.nowNs();
    const facts = { mode, mtimeNs: now, ctimeNs: now };
    const number = this.#takeNumber();
    return { number, device, birthNs: now, facts, syncedFacts: facts, links: 0, opened: 0 };
  }

  /** The lowest that is free, as Linux does: a new file often has a deleted one's. */
  #takeNumber(): bigint {
    if (this.#freeNumbers.length === 0) return this.#nextNumber++;
    const lowest = this.#freeNumbers.reduce((a, b) => (a < b ? a : b));
    this.#freeNumbers = this.#freeNumbers.filter((number) => number !== lowest);
    return lowest;
  }
}
