/** The local folders that shares and mirrors follow. No two may lie in one another. */
import { sep } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";

export class Roots {
  readonly #home: string;
  /** By folder, what it is for: `shared`, `mirrored`. */
  readonly #taken = new Map<string, string>();

  constructor(home: string) {
    this.#home = home;
  }

  /** Throws `bad-request` when the folder overlaps another root or the home. */
  check(folder: string): void {
    if (overlaps(folder, this.#home)) {
      throw new GoliathError(
        "bad-request",
        `${folder} overlaps this peer's own home ${this.#home}: choose another folder`,
      );
    }
    for (const [other, use] of this.#taken) {
      if (!overlaps(folder, other)) continue;
      throw new GoliathError(
        "bad-request",
        `${folder} overlaps ${other}, which is ${use} already: choose another folder`,
      );
    }
  }

  take(folder: string, use: "shared" | "mirrored"): void {
    this.#taken.set(folder, use);
  }

  release(folder: string): void {
    this.#taken.delete(folder);
  }
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(withSeparator(b)) || b.startsWith(withSeparator(a));
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
