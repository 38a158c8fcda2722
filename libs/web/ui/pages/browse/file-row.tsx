/** One entry of a folder. */
import { memo, type MouseEvent } from "react";
import { Checkbox, Skeleton } from "@mantine/core";
import type { EntryView, Standing } from "../../api/methods.ts";
import { byteText, plural } from "../../parts/byte-text.ts";
import { EntryIcon } from "../../parts/entry-icon.tsx";
import { StandingBadge } from "../../parts/standing-badge.tsx";
import { timeText, wholeTimeText } from "../../parts/time-text.ts";
import classes from "./list.module.css";

export interface FileRowProps {
  id: string;
  row: number;
  entry: EntryView;
  href: string;
  selected: boolean;
  focused: boolean;
  standing: Standing | null | undefined;
  nowMs: number;
  on: RowActions;
}

/** Always the same functions, so that a row is drawn again only when it is another. */
export interface RowActions {
  press(event: MouseEvent, row: number): void;
  toggle(row: number): void;
  open(row: number): void;
  menu(event: MouseEvent, row: number): void;
}

export const FileRow = memo(DrawnRow);

function DrawnRow({ id, row, entry, href, selected, focused, standing, nowMs, on }: FileRowProps) {
  const { name, kind, size, bytes, files, mtimeMs } = entry;
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    on.open(row);
  };
  return (
    // The grid takes the keys: a row is where they point, not what has the focus.
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={row + 2}
      aria-selected={selected}
      className={classes["row"]}
      data-focused={focused || undefined}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => on.press(event, row)}
      onDoubleClick={() => on.open(row)}
      onContextMenu={(event) => on.menu(event, row)}
    >
      <span role="gridcell" className={classes["check"]}>
        <Checkbox
          size="xs"
          tabIndex={-1}
          checked={selected}
          aria-label={`Choose ${name}`}
          onClick={(event) => event.stopPropagation()}
          onChange={() => on.toggle(row)}
        />
      </span>
      <span role="gridcell" className={classes["name"]}>
        <EntryIcon name={name} kind={kind} />
        <a href={href} tabIndex={-1} draggable={false} onClick={open} title={name}>
          {name}
        </a>
      </span>
      <span
        role="gridcell"
        className={classes["size"]}
        title={kind === "dir" && files !== undefined ? plural(files, "file") : undefined}
      >
        {byteText(size ?? bytes ?? 0)}
      </span>
      <span
        role="gridcell"
        className={classes["time"]}
        title={mtimeMs === undefined ? undefined : wholeTimeText(mtimeMs)}
      >
        {mtimeMs === undefined
          ? files === undefined
            ? ""
            : plural(files, "file")
          : timeText(mtimeMs, nowMs)}
      </span>
      <span role="gridcell" className={classes["where"]}>
        {standing && <StandingBadge standing={standing} size={size} />}
      </span>
    </div>
  );
}

export function PlaceholderRow({ row }: { row: number }) {
  // Widths that differ look like names; the same row always has the same.
  const width = `${25 + ((row * 37) % 40)}%`;
  return (
    <div role="row" aria-rowindex={row + 2} aria-busy className={classes["row"]}>
      <span role="gridcell" className={classes["check"]} />
      <span role="gridcell" className={classes["name"]}>
        <Skeleton height={10} width={width} animate={false} />
      </span>
      <span role="gridcell" className={classes["size"]} />
      <span role="gridcell" className={classes["time"]} />
      <span role="gridcell" className={classes["where"]} />
    </div>
  );
}
