/** What was found, best first. */
import { useCallback, useRef, useState, type KeyboardEvent } from "react";
import type { FoundEntry } from "../../api/methods.ts";
import { byteText } from "../../parts/byte-text.ts";
import { nameOf, parentOf } from "../../parts/drive-path.ts";
import { EntryIcon } from "../../parts/entry-icon.tsx";
import { Highlighted } from "../../parts/highlighted.tsx";
import { timeText } from "../../parts/time-text.ts";
import { VirtualRows, type VirtualRowsHandle } from "../../parts/virtual-rows.tsx";
import { foundAddress } from "../../parts/search-address.ts";
import { Link } from "../../shell/link.tsx";
import { goTo } from "../../shell/location.ts";
import { useSession } from "../../shell/session.ts";
import classes from "./search.module.css";

const ROW_PX = 48;
const HEAD_PX = 34;

export interface FoundListProps {
  text: string;
  entries: readonly FoundEntry[];
}

export function FoundList({ text, entries }: FoundListProps) {
  const { clock } = useSession();
  const list = useRef<VirtualRowsHandle>(null);
  const [focus, setFocus] = useState(-1);
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = entries[focus];
    if (step !== undefined) {
      const row = Math.max(0, Math.min(entries.length - 1, focus + step));
      setFocus(row);
      list.current?.reveal(row);
    } else if (event.key === "Enter" && chosen && event.target === event.currentTarget)
      goTo(foundAddress(chosen));
    else return;
    event.preventDefault();
  };
  return (
    <VirtualRows
      handle={list}
      rows={entries.length}
      rowPx={ROW_PX}
      headPx={HEAD_PX}
      role="grid"
      aria-label="Found"
      aria-rowcount={entries.length + 1}
      aria-activedescendant={entries[focus] ? `found-${focus}` : undefined}
      tabIndex={0}
      className={classes["list"] ?? ""}
      onKeyDown={key}
      onRange={useCallback(() => undefined, [])}
      head={
        <div role="row" aria-rowindex={1} className={classes["head"]}>
          <span role="columnheader">Name</span>
          <span role="columnheader" className={classes["size"]}>
            Size
          </span>
          <span role="columnheader" className={classes["time"]}>
            Modified
          </span>
        </div>
      }
      renderRow={(row) => {
        const entry = entries[row];
        if (!entry) return null;
        return (
          <FoundRow
            row={row}
            entry={entry}
            text={text}
            focused={row === focus}
            nowMs={clock.nowMs()}
          />
        );
      }}
    />
  );
}

interface FoundRowProps {
  row: number;
  entry: FoundEntry;
  text: string;
  focused: boolean;
  nowMs: number;
}

function FoundRow({ row, entry, text, focused, nowMs }: FoundRowProps) {
  const { path, kind, size, bytes, mtimeMs } = entry;
  return (
    <div
      id={`found-${row}`}
      role="row"
      aria-rowindex={row + 2}
      className={classes["row"]}
      data-focused={focused || undefined}
    >
      <span role="gridcell" className={classes["what"]}>
        <EntryIcon name={nameOf(path)} kind={kind} />
        <Link href={foundAddress(entry)} className={classes["link"]} tabIndex={-1}>
          <span className={classes["name"]}>
            <Highlighted name={nameOf(path)} text={text} />
          </span>
          <span className={classes["folder"]}>
            {parentOf(path) === "/" ? "Drive" : parentOf(path)}
          </span>
        </Link>
      </span>
      <span role="gridcell" className={classes["size"]}>
        {byteText(size ?? bytes ?? 0)}
      </span>
      <span role="gridcell" className={classes["time"]}>
        {mtimeMs === undefined ? "" : timeText(mtimeMs, nowMs)}
      </span>
    </div>
  );
}
