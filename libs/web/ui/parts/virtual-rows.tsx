/** A list of any length, of which only the rows in view are in the page. */
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ComponentProps,
  type ReactNode,
  type Ref,
} from "react";
import { RowWindow } from "./row-window.ts";
import classes from "./virtual-rows.module.css";

/** Rows drawn above and below what is seen. */
const AROUND = 8;
/** What a notch of a wheel is, where it counts lines. */
const WHEEL_LINE_PX = 40;
/** Before the first measure. */
const VIEW_PX_FIRST = 800;

export interface VirtualRowsHandle {
  /** Scrolls as little as possible. */
  reveal(row: number): void;
  focus(): void;
  /** Rows that fit. */
  pageRows(): number;
}

export interface VirtualRowsProps extends Omit<ComponentProps<"div">, "ref" | "children"> {
  rows: number;
  rowPx: number;
  headPx: number;
  /** Stays above the rows. */
  head: ReactNode;
  renderRow(row: number): ReactNode;
  /** Told which rows are drawn, when that changes. */
  onRange(from: number, to: number): void;
  handle: Ref<VirtualRowsHandle>;
}

export function VirtualRows({
  rows,
  rowPx,
  headPx,
  head,
  renderRow,
  onRange,
  handle,
  className,
  ...rest
}: VirtualRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const viewPx = useHeight(scroller) - headPx;
  const window = useMemo(() => new RowWindow({ rows, rowPx, viewPx }), [rows, rowPx, viewPx]);
  const [scrollTop, setScrollTop] = useState(0);
  const scrollTo = useCallback((top: number) => {
    if (!scroller.current) return;
    scroller.current.scrollTop = top;
    setScrollTop(scroller.current.scrollTop);
  }, []);
  const topOf = useWheel(scroller, window);
  const { from, to } = window.range(scrollTop, AROUND);
  useEffect(() => onRange(from, to), [from, to, onRange]);
  useImperativeHandle(
    handle,
    () => ({
      reveal: (row) => scrollTo(window.scrollTopFor(row, scroller.current?.scrollTop ?? 0)),
      focus: () => scroller.current?.focus({ preventScroll: true }),
      pageRows: () => Math.max(1, Math.floor(window.viewPx / window.rowPx) - 1),
    }),
    [window, scrollTo],
  );
  const drawn = Array.from({ length: to - from }, (_, index) => from + index);
  const offsetPx = topOf(scrollTop);
  return (
    <div
      {...rest}
      ref={scroller}
      className={`${classes["scroller"]} ${className ?? ""}`}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
    >
      <div className={classes["head"]} style={{ height: headPx }} role="rowgroup">
        {head}
      </div>
      <div role="rowgroup" style={{ height: window.scrollPx }}>
        <div
          role="presentation"
          className={classes["view"]}
          style={{ top: headPx, height: Math.min(viewPx, window.scrollPx) }}
        >
          {drawn.map((row) => (
            <div
              key={row}
              role="presentation"
              className={classes["slot"]}
              style={{ height: rowPx, transform: `translateY(${row * rowPx - offsetPx}px)` }}
            >
              {renderRow(row)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function useHeight(element: { current: HTMLElement | null }): number {
  const [height, setHeight] = useState(VIEW_PX_FIRST);
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    const measured = new ResizeObserver(([entry]) => {
      if (entry) setHeight(entry.contentRect.height);
    });
    measured.observe(element.current);
    setHeight(element.current.clientHeight);
    return () => measured.disconnect();
  }, [element]);
  return height;
}

/**
 * Where a bar is shorter than its list, a wheel still moves the list by its own pixels. Returns what
 * is above the view: exact after a wheel, for the bar's own steps are coarser than a row there.
 */
function useWheel(
  element: { current: HTMLElement | null },
  window: RowWindow,
): (scrollTop: number) => number {
  const exact = useRef({ scrollTop: 0, topPx: 0 });
  useEffect(() => {
    const scroller = element.current;
    if (!scroller || window.ratio === 1) return undefined;
    const turn = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const byPx =
        event.deltaMode === WheelEvent.DOM_DELTA_PIXEL
          ? event.deltaY
          : event.deltaY * WHEEL_LINE_PX;
      const { scrollTop, topPx } = exact.current;
      const before = scrollTop === scroller.scrollTop ? topPx : window.topPx(scroller.scrollTop);
      scroller.scrollTop = window.scrollTopOf(before + byPx);
      exact.current = {
        scrollTop: scroller.scrollTop,
        topPx: Math.max(0, Math.min(before + byPx, window.rows * window.rowPx - window.viewPx)),
      };
    };
    scroller.addEventListener("wheel", turn, { passive: false });
    return () => scroller.removeEventListener("wheel", turn);
  }, [element, window]);
  return (scrollTop) =>
    window.ratio !== 1 && exact.current.scrollTop === scrollTop
      ? exact.current.topPx
      : window.topPx(scrollTop);
}
