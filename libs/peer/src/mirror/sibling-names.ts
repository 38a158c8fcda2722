/** Of the names of one directory that are one to the disk, which of them may stand there. */
import { foldName, folds, refusalOf, type Folding } from "./name-rules.ts";
import type { Replica, SiblingName } from "./replica.ts";

export interface SiblingNamesInit {
  replica: Replica;
  folding: Folding;
  windows: boolean;
}

export class SiblingNames {
  readonly #init: SiblingNamesInit;
  /** Of one directory, the one asked for last: rows come directory by directory. */
  #winners: { dir: number; names: Map<string, SiblingName> } | undefined;

  constructor(init: SiblingNamesInit) {
    this.#init = init;
  }

  /** Forgets what it knows: names have come and gone. */
  renew(): void {
    this.#winners = undefined;
  }

  /** Why this name cannot stand in this directory now; undefined when it can. */
  refusal({ dir, name }: { dir: number; name: string }): string | undefined {
    const { folding, windows } = this.#init;
    const refusal = refusalOf(name, { windows });
    if (refusal !== undefined || !folds(folding)) return refusal;
    const winner = this.#winnersIn(dir).get(foldName(name, folding));
    if (!winner || winner.name === name) return undefined;
    return `this disk cannot hold it beside ${winner.name}: rename one of them in the drive`;
  }

  /** What is on the disk stays, even if it is about to leave: its place is free then. */
  #winnersIn(dir: number): Map<string, SiblingName> {
    if (this.#winners?.dir === dir) return this.#winners.names;
    const { replica, folding } = this.#init;
    const names = new Map<string, SiblingName>();
    for (const sibling of replica.siblings(dir)) {
      const key = foldName(sibling.name, folding);
      const other = names.get(key);
      if (!other || isBefore(sibling, other)) names.set(key, sibling);
    }
    this.#winners = { dir, names };
    return names;
  }
}

function isBefore(a: SiblingName, b: SiblingName): boolean {
  return a.onDisk === b.onDisk ? a.name < b.name : a.onDisk > b.onDisk;
}
