import type { ChunkId, ChunkRun, PeerId } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { KeptBook } from "./kept-book.ts";

const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });
const ann = "ann" as PeerId;
const report = (added: ChunkRun[], more: { full?: boolean; removed?: ChunkRun[] } = {}) => ({
  full: false,
  removed: [],
  added,
  ...more,
});

describe("KeptBook", () => {
  it("counts nothing that is under an order to drop, whatever is reported meanwhile", () => {
    const book = new KeptBook();
    book.take(ann, report([run(0, 10)], { full: true }));
    book.condemn(ann, [run(3, 4)]);
    expect(book.of(ann, [run(0, 10)])).toEqual([run(0, 3), run(7, 3)]);
    // On its way since before the order was taken.
    book.take(ann, report([run(0, 10)], { full: true }));
    book.take(ann, report([run(4, 1)]));
    book.add(ann, [run(5, 1)]);
    expect(book.of(ann, [run(0, 10)])).toEqual([run(0, 3), run(7, 3)]);
    expect(book.isFree(ann)).toBe(false);
  });

  it("takes one more report for older than the answer to a drop, then believes again", () => {
    const book = new KeptBook();
    book.take(ann, report([run(0, 10)], { full: true }));
    book.condemn(ann, [run(0, 10)]);
    book.settle(ann, { answered: true });
    book.take(ann, report([run(0, 10)]));
    expect(book.chunks(ann)).toBe(0);
    expect(book.isFree(ann)).toBe(true);
    book.take(ann, report([run(2, 1)]));
    expect(book.chunks(ann)).toBe(1);
  });

  it("believes again once a peer that answered has spoken", () => {
    const book = new KeptBook();
    book.condemn(ann, [run(0, 10)]);
    book.heard(ann);
    expect(book.isFree(ann)).toBe(false);
    book.settle(ann, { answered: true });
    book.heard(ann);
    expect(book.isFree(ann)).toBe(true);
  });

  it("needs a full report after a drop of which nobody knows what became", () => {
    const book = new KeptBook();
    book.take(ann, report([run(0, 10)], { full: true }));
    book.condemn(ann, [run(0, 10)]);
    book.settle(ann, { answered: false });
    book.heard(ann);
    book.take(ann, report([run(0, 10)]));
    expect(book.chunks(ann)).toBe(0);
    expect(book.isFree(ann)).toBe(false);
    // It dropped some, and tells the rest in parts.
    book.take(ann, report([run(0, 2)], { full: true }));
    book.take(ann, report([run(5, 2)]));
    expect(book.of(ann, [run(0, 10)])).toEqual([run(0, 2), run(5, 2)]);
  });

  it("tells in which blocks a peer keeps anything", () => {
    const book = new KeptBook();
    book.take("bob" as PeerId, report([run(0, 5000)]));
    book.take(ann, report([run(10, 2), run(2048, 1), run(4096, 1024)]));
    const of = (peer: PeerId) => [0, 1, 2, 3, 4, 5].filter((block) => book.hasOf(block, peer));
    expect(of(ann)).toEqual([0, 2, 4]);
    book.remove(ann, [run(2000, 100)]);
    expect(of(ann)).toEqual([0, 4]);
    expect(of("nobody" as PeerId)).toEqual([]);
  });
});
