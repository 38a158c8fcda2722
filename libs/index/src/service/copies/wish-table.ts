/**
 * Where policies want copies, each numbered once. A chunk of several files is wanted by all of them:
 * what any of them prefers is preferred, what any of them avoids is avoided.
 */
import { LABELS_MAX } from "@goliath/protocols/nouns";
import { wishKey, type Wish } from "../../engine/merge-uses.ts";

/** The number of the wish for nothing. */
export const NO_WISH = 0;
/** Wishes of one drive that are told apart: regions and owners, alone and together. */
export const WISHES_MAX = 1024;

export class WishTable {
  readonly #wishes: Wish[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #joined = new Map<number, number>();

  constructor() {
    this.number({ prefer: [], avoid: [] });
  }

  /** Once there are too many to tell apart, further ones are taken for none. */
  number(wish: Wish): number {
    return this.#find(wish) ?? NO_WISH;
  }

  at(number: number): Wish {
    return (this.#wishes[number] ?? this.#wishes[NO_WISH]) as Wish;
  }

  /** Of both; of the first alone once there are too many. */
  join(a: number, b: number): number {
    if (a === b || b === NO_WISH) return a;
    if (a === NO_WISH) return b;
    const pair = Math.min(a, b) * WISHES_MAX + Math.max(a, b);
    let number = this.#joined.get(pair);
    if (number === undefined) {
      const [one, other] = [this.at(Math.min(a, b)), this.at(Math.max(a, b))];
      const prefer = union(one.prefer, other.prefer).slice(0, LABELS_MAX);
      number = this.#find({ prefer, avoid: union(one.avoid, other.avoid) }) ?? Math.min(a, b);
      this.#joined.set(pair, number);
    }
    return number;
  }

  #find(wish: Wish): number | undefined {
    const key = wishKey(wish);
    const known = this.#numbers.get(key);
    if (known !== undefined || this.#wishes.length >= WISHES_MAX) return known;
    this.#numbers.set(key, this.#wishes.length);
    return this.#wishes.push(wish) - 1;
  }
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}
