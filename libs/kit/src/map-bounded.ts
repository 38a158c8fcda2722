/** Many pieces of work, so many at a time. */

export interface MapBoundedOptions {
  signal?: AbortSignal;
}

/** One piece of work. `signal` aborts when another piece failed or the caller gave up. */
export type BoundedWork<Item, Result> = (
  item: Item,
  options: { signal: AbortSignal; index: number },
) => Promise<Result>;

/**
 * The results in the order of the items, at most `limit` under way at once; the items are drawn
 * as places become free. After the first failure no more is begun, the others are aborted, and
 * once all have ended it rejects with that failure.
 */
export async function mapBounded<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  work: BoundedWork<Item, Result>,
  { signal }: MapBoundedOptions = {},
): Promise<Result[]> {
  const results: Result[] = [];
  const running = new Set<Promise<void>>();
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  let index = 0;
  try {
    for await (const item of items) {
      stop.throwIfAborted();
      const place = index++;
      const one: Promise<void> = work(item, { signal: stop, index: place })
        .then((result) => void (results[place] = result))
        .catch((error: unknown) => failed.abort(error))
        .finally(() => running.delete(one));
      running.add(one);
      if (running.size >= limit) await Promise.race(running);
    }
  } catch (error) {
    failed.abort(error);
  }
  await Promise.all(running);
  stop.throwIfAborted();
  return results;
}
