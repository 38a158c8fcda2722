import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowWindow, SCROLL_PX_MAX } from "./row-window.ts";

const windows = fc
  .record({
    rows: fc.integer({ min: 1, max: 50_000_000 }),
    viewPx: fc.integer({ min: 100, max: 3000 }),
  })
  .map(({ rows, viewPx }) => new RowWindow({ rows, viewPx, rowPx: 38 }));

describe("RowWindow", () => {
  it("stays within what browsers can scroll, and reaches the last row", () => {
    fc.assert(
      fc.property(windows, (window) => {
        expect(window.scrollPx).toBeLessThanOrEqual(SCROLL_PX_MAX);
        const end = Math.max(0, window.scrollPx - window.viewPx);
        expect(window.range(end, 0).to).toBe(window.rows);
        expect(window.range(0, 0).from).toBe(0);
      }),
    );
  });

  it("scrollTopFor brings a row wholly into view, from wherever", () => {
    fc.assert(
      fc.property(
        windows,
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (window, at, where) => {
          const row = at % window.rows;
          const from = where * Math.max(0, window.scrollPx - window.viewPx);
          const topPx = window.topPx(window.scrollTopFor(row, from));
          const slack = 1e-3;
          expect(row * 38).toBeGreaterThanOrEqual(topPx - slack);
          expect((row + 1) * 38).toBeLessThanOrEqual(topPx + window.viewPx + slack);
        },
      ),
    );
  });

  it("moves nothing for a row that is in view", () => {
    const window = new RowWindow({ rows: 1000, rowPx: 38, viewPx: 500 });
    expect(window.scrollTopFor(5, 100)).toBe(100);
  });
});
