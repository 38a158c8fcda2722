/** Cutting what is long into messages. */
import { CUT_BYTES } from "./bounds.ts";

export interface CutInit<Item> {
  /** An upper bound of the bytes one item takes in a message. */
  bytesOf: (item: Item) => number;
  countMax: number;
}

/**
 * How many items from the first on go into one message: as many as stay below both bounds, and at
 * least one, so that whoever asks again for the rest always gets on.
 */
export function countFitting<Item>(
  items: readonly Item[],
  { bytesOf, countMax }: CutInit<Item>,
): number {
  let bytes = 0;
  let count = 0;
  for (const item of items) {
    bytes += bytesOf(item);
    if (count === countMax || (count > 0 && bytes > CUT_BYTES)) return count;
    count++;
  }
  return count;
}
