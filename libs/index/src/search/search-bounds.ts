/** What bounds a search, and a step of keeping names in step; tests take less. */
export interface SearchBounds {
  /** Names that are all looked at and put in order, where no more match. */
  allMax: number;
  /** Names below a directory that are gone through one by one, where more match elsewhere. */
  walkMax: number;
  /** Names looked at for one answer: of most it is seen that they are elsewhere, or removed. */
  examinedMax: number;
  /** Names read at once. */
  page: number;
  /** Names that one step takes in, or lets go. */
  stepNamesMax: number;
  /** Parts of the feed that one step reads: a small commit is one. */
  stepPartsMax: number;
}

export const SEARCH_BOUNDS: SearchBounds = {
  // Some 15 ms.
  allMax: 2000,
  // Some 40 ms.
  walkMax: 10_000,
  // A third of a second.
  examinedMax: 200_000,
  page: 256,
  // Some 20 ms, in which a search waits.
  stepNamesMax: 1024,
  stepPartsMax: 64,
};
