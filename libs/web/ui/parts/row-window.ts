/** Which rows of a long list are in view, however long it is. */

/** Browsers clip taller elements, Firefox at some 17.8 million pixels. */
export const SCROLL_PX_MAX = 15_000_000;

export interface RowWindowInit {
  rows: number;
  rowPx: number;
  /** Height of what is seen. */
  viewPx: number;
}

/**
 * Maps the scroll bar to rows. Up to `SCROLL_PX_MAX` a pixel of the bar is a pixel of the list;
 * beyond it the bar is shorter than the list and moves faster.
 */
export class RowWindow {
  readonly rowPx: number;
  readonly viewPx: number;
  readonly rows: number;
  /** Height that the scrolled element is to have. */
  readonly scrollPx: number;
  /** Pixels of the list for one of the bar. */
  readonly ratio: number;

  constructor({ rows, rowPx, viewPx }: RowWindowInit) {
    this.rows = rows;
    this.rowPx = rowPx;
    this.viewPx = viewPx;
    const allPx = rows * rowPx;
    this.scrollPx = Math.min(allPx, SCROLL_PX_MAX);
    this.ratio = allPx > SCROLL_PX_MAX ? (allPx - viewPx) / (SCROLL_PX_MAX - viewPx) : 1;
  }

  /** Pixels of the list above what is seen. */
  topPx(scrollTop: number): number {
    return Math.max(0, scrollTop * this.ratio);
  }

  scrollTopOf(topPx: number): number {
    const lastPx = Math.max(0, this.rows * this.rowPx - this.viewPx);
    return Math.min(lastPx, Math.max(0, topPx)) / this.ratio;
  }

  /** The rows in view, with some around them so that a fast hand meets no gap. */
  range(scrollTop: number, around: number): { from: number; to: number } {
    const topPx = this.topPx(scrollTop);
    const from = Math.max(0, Math.floor(topPx / this.rowPx) - around);
    const to = Math.min(this.rows, Math.ceil((topPx + this.viewPx) / this.rowPx) + around);
    return { from: Math.min(from, to), to };
  }

  /** Where to scroll so that a row is wholly in view, moving as little as possible. */
  scrollTopFor(row: number, scrollTop: number): number {
    const topPx = this.topPx(scrollTop);
    const rowTop = row * this.rowPx;
    if (rowTop < topPx) return this.scrollTopOf(rowTop);
    const overPx = rowTop + this.rowPx - (topPx + this.viewPx);
    return overPx > 0 ? this.scrollTopOf(topPx + overPx) : scrollTop;
  }
}
