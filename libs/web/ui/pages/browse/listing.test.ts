import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiError } from "../../api/api-error.ts";
import type { EntryView } from "../../api/methods.ts";
import { Listing, PAGE_ENTRIES, SORTED_MAX, type ListingSource } from "./listing.ts";

const SETTLE_ROUNDS = 20_000;

/** A folder in memory that counts how often it is asked. */
class TestFolder implements ListingSource {
  names: string[];
  asked = 0;
  failing: ApiError | undefined;

  constructor(names: Iterable<string>) {
    this.names = [...names].toSorted();
  }

  async list(after: string | undefined) {
    this.asked++;
    if (this.failing) throw this.failing;
    const start = after === undefined ? 0 : this.names.findIndex((name) => name > after);
    const names = start < 0 ? [] : this.names.slice(start, start + PAGE_ENTRIES);
    const entries = names.map((name): EntryView => ({ name, kind: "file", revision: 1, size: 1 }));
    const last = names.at(-1);
    const more = last !== undefined && last !== this.names.at(-1);
    return more ? { entries, next: last } : { entries };
  }

  async files(): Promise<number> {
    return this.names.length;
  }
}

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, number) => String(number).padStart(7, "0"));

/** Lets all that was asked be answered: the folder is in memory, so promises are all there is. */
async function settle(isDone: () => boolean): Promise<void> {
  for (let round = 0; round < SETTLE_ROUNDS && !isDone(); round++) await Promise.resolve();
  for (let round = 0; round < 100; round++) await Promise.resolve();
}

const namesIn = (listing: Listing, from: number, to: number): (string | undefined)[] =>
  Array.from({ length: to - from }, (_, index) => listing.entryAt(from + index)?.name);

describe("Listing", () => {
  it("shows the first rows of a huge folder after one page, and how long it is", async () => {
    const folder = new TestFolder(numbered(100_000));
    using listing = new Listing(folder);
    listing.want(0, 40);
    await settle(() => listing.entryAt(39) !== undefined);
    expect(namesIn(listing, 0, 40)).toEqual(folder.names.slice(0, 40));
    expect(listing.total).toBe(100_000);
    // The page in view, and the one after it.
    expect(folder.asked).toBeLessThanOrEqual(2);
  });

  it("reaches any row, gives the others back, and needs one question to return", async () => {
    const folder = new TestFolder(numbered(100_000));
    using listing = new Listing(folder);
    listing.want(99_960, 100_000);
    await settle(() => listing.entryAt(99_999) !== undefined);
    expect(namesIn(listing, 99_960, 100_000)).toEqual(folder.names.slice(-40));
    expect(listing.complete).toBe(true);
    expect(listing.entryAt(10)).toBeUndefined();
    const before = folder.asked;
    listing.want(20_000, 20_040);
    await settle(() => listing.entryAt(20_039) !== undefined);
    expect(namesIn(listing, 20_000, 20_040)).toEqual(folder.names.slice(20_000, 20_040));
    expect(folder.asked - before).toBeLessThanOrEqual(2);
  });

  it("holds a small folder whole, a large one never", async () => {
    const small = new TestFolder(numbered(SORTED_MAX));
    using whole = new Listing(small);
    whole.want(0, 40);
    await settle(() => whole.whole() !== undefined);
    expect(whole.whole()?.map(({ name }) => name)).toEqual(small.names);
    using part = new Listing(new TestFolder(numbered(SORTED_MAX + 1)));
    part.want(0, 40);
    await settle(() => part.entryAt(0) !== undefined);
    expect(part.whole()).toBeUndefined();
  });

  it("is the folder as it became, whatever was added and removed, and moves no row of other pages", async () => {
    const name = fc.nat(9_999_999).map((number) => String(number).padStart(7, "0"));
    const sets = fc.tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 40 }), fc.nat(5000));
    await fc.assert(
      fc.asyncProperty(sets, fc.nat(9000), async ([added, removed], row) => {
        const folder = new TestFolder(numbered(9000));
        using listing = new Listing(folder);
        listing.want(8_960, 9_000);
        await settle(() => listing.complete);
        const kept = folder.names.filter((_, at) => at < removed || at >= removed + 500);
        folder.names = [...new Set([...kept, ...added])].toSorted();
        listing.refresh();
        // All of it, page by page.
        for (let from = 0; from < 12_000; from += PAGE_ENTRIES / 2) {
          listing.want(from, from + PAGE_ENTRIES / 2);
          await settle(() => listing.entryAt(Math.min(from + 1, listing.known - 1)) !== undefined);
        }
        expect(listing.total).toBe(folder.names.length);
        const from = Math.min(row, folder.names.length - 1);
        listing.want(from, from + 20);
        await settle(() => listing.entryAt(from) !== undefined);
        const shown = namesIn(listing, from, Math.min(from + 20, folder.names.length));
        expect(shown).toEqual(folder.names.slice(from, from + 20));
      }),
      { numRuns: 15 },
    );
  });

  it("says why it failed, and tries again when told to", async () => {
    const folder = new TestFolder(numbered(3));
    folder.failing = new ApiError("unavailable", "away");
    using listing = new Listing(folder);
    listing.want(0, 10);
    await settle(() => listing.state === "failed");
    expect(listing.error?.code).toBe("unavailable");
    folder.failing = undefined;
    listing.refresh();
    await settle(() => listing.state === "ready");
    expect(listing.total).toBe(3);
  });
});
