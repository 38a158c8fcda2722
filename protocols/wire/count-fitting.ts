/** How much of a list fits one message. */
export interface FitInit<Item> {
  /** An upper bound of the bytes one item takes in a message. */
  bytesOf: (item: Item) => number;
  bytesMax: number;
  countMax: number;
}

/**
 * How many items from the first on go into one message: as many as stay within both bounds, and at
 * least one, so that whoever asks again for the rest always gets on.
 */
export function countFitting<Item>(
  items: readonly Item[],
  { bytesOf, bytesMax, countMax }: FitInit<Item>,
): number {
  let bytes = 0;
  let count = 0;
  for (const item of items) {
    bytes += bytesOf(item);
    if (count === countMax || (count > 0 && bytes > bytesMax)) return count;
    count++;
  }
  return count;
}
