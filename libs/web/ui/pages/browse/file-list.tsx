/** The rows of a folder, chosen and opened by mouse, touch and keyboard. */
import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  type RefObject,
} from "react";
import { VirtualRows, type VirtualRowsHandle } from "../../parts/virtual-rows.tsx";
import type { EntryView, Standing } from "../../api/methods.ts";
import { FileRow, PlaceholderRow, type RowActions } from "./file-row.tsx";
import { ListHead } from "./list-head.tsx";
import { listKey } from "./list-keys.ts";
import type { Order, OrderBy } from "./order.ts";
import { extendTo, selectOne, toggle, type NamesOf, type Selection } from "./selection.ts";
import type { Folder } from "./use-folder.ts";
import classes from "./list.module.css";

const ROW_PX = 38;
const HEAD_PX = 34;

export interface FileListProps {
  folder: Folder;
  label: string;
  selection: Selection;
  onSelect(selection: Selection): void;
  order: Order;
  onOrder(by: OrderBy): void;
  onOpen(entry: EntryView): void;
  /** Keys that are no moves: F2, Delete, Backspace and the like. */
  onKey(key: string): void;
  onMenu(at: { x: number; y: number }): void;
  standingOf(name: string): Standing | null | undefined;
  onSeen(names: string[]): void;
  hrefOf(entry: EntryView): string;
  nowMs: number;
}

export function FileList(props: FileListProps) {
  const { folder, selection, onSeen } = props;
  const list = useRef<VirtualRowsHandle>(null);
  const id = useId();
  const range = useRef({ from: 0, to: 0 });
  const typed = useRef({ text: "", atMs: 0 });
  const namesOf = useCallback(
    (from: number, to: number) =>
      Array.from(
        { length: to - from + 1 },
        (_, index) => folder.entryAt(from + index)?.name,
      ).filter((name) => name !== undefined),
    [folder],
  );
  const onRange = useCallback(
    (from: number, to: number) => {
      range.current = { from, to };
      folder.listing.want(from, to);
      onSeen(namesOf(from, to - 1));
    },
    [folder, namesOf, onSeen],
  );
  useEffect(() => {
    if (selection.focus >= 0) list.current?.reveal(selection.focus);
  }, [selection.focus]);
  const on = useRowActions({ ...props, namesOf, list });
  return (
    <VirtualRows
      handle={list}
      rows={folder.rows}
      rowPx={ROW_PX}
      headPx={HEAD_PX}
      role="grid"
      aria-label={props.label}
      aria-multiselectable
      aria-rowcount={folder.rows + 1}
      aria-activedescendant={selection.focus >= 0 ? `${id}-${selection.focus}` : undefined}
      tabIndex={0}
      className={classes["list"] ?? ""}
      onKeyDown={(event) =>
        listKey(event, { ...props, namesOf, list: list.current, typed: typed.current })
      }
      head={<ListHead order={props.order} onOrder={props.onOrder} sortable={folder.sortable} />}
      onRange={onRange}
      renderRow={(row) => {
        const entry = folder.entryAt(row);
        if (!entry) return <PlaceholderRow row={row} />;
        return (
          <FileRow
            id={`${id}-${row}`}
            row={row}
            entry={entry}
            href={props.hrefOf(entry)}
            selected={selection.names.has(entry.name)}
            focused={selection.focus === row}
            standing={props.standingOf(entry.name)}
            nowMs={props.nowMs}
            on={on}
          />
        );
      }}
    />
  );
}

interface RowActionsInit extends FileListProps {
  namesOf: NamesOf;
  list: RefObject<VirtualRowsHandle | null>;
}

function useRowActions(init: RowActionsInit): RowActions {
  const latest = useRef(init);
  useLayoutEffect(() => {
    latest.current = init;
  });
  return useMemo(() => rowActions(latest), []);
}

function rowActions(latest: RefObject<RowActionsInit>): RowActions {
  const nameAt = (row: number): string | undefined => latest.current.folder.entryAt(row)?.name;
  return {
    press: (event, row) => {
      const { selection, onSelect, namesOf, list } = latest.current;
      const name = nameAt(row);
      if (name === undefined) return;
      list.current?.focus();
      if (event.shiftKey) onSelect(extendTo(selection, row, namesOf));
      else if (event.ctrlKey || event.metaKey) onSelect(toggle(selection, row, name));
      else onSelect(selectOne(row, name));
    },
    toggle: (row) => {
      const { selection, onSelect } = latest.current;
      const name = nameAt(row);
      if (name !== undefined) onSelect(toggle(selection, row, name));
    },
    open: (row) => {
      const entry = latest.current.folder.entryAt(row);
      if (entry) latest.current.onOpen(entry);
    },
    menu: (event, row) => {
      const { selection, onSelect, onMenu } = latest.current;
      const name = nameAt(row);
      if (name === undefined) return;
      event.preventDefault();
      if (!selection.names.has(name)) onSelect(selectOne(row, name));
      onMenu({ x: event.clientX, y: event.clientY });
    },
  };
}
