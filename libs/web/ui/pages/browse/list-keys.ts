/** What the keys do in the list: moving, choosing, opening, typing a name. */
import type { KeyboardEvent } from "react";
import type { VirtualRowsHandle } from "../../parts/virtual-rows.tsx";
import type { EntryView } from "../../api/methods.ts";
import {
  extendTo,
  selectAll,
  selectOne,
  toggle,
  type NamesOf,
  type Selection,
} from "./selection.ts";
import type { Folder } from "./use-folder.ts";

/** Letters typed within this are one name. */
const TYPED_MS = 800;

export interface ListKeyInit {
  folder: Folder;
  selection: Selection;
  onSelect(selection: Selection): void;
  onOpen(entry: EntryView): void;
  onKey(key: string): void;
  namesOf: NamesOf;
  list: VirtualRowsHandle | null;
  typed: { text: string; atMs: number };
}

export function listKey(event: KeyboardEvent, init: ListKeyInit): void {
  // Keys of what stands within a row or the head are its own.
  if (event.target !== event.currentTarget || event.altKey) return;
  const done = move(event, init) || choose(event, init) || type(event, init) || other(event, init);
  if (done) event.preventDefault();
}

function move(
  event: KeyboardEvent,
  { folder, selection, onSelect, namesOf, list }: ListKeyInit,
): boolean {
  const last = folder.rows - 1;
  const { focus } = selection;
  const page = list?.pageRows() ?? 1;
  const steps: Record<string, number> = {
    ArrowDown: focus + 1,
    ArrowUp: focus < 0 ? 0 : focus - 1,
    PageDown: focus + page,
    PageUp: focus - page,
    Home: 0,
    End: last,
  };
  const target = steps[event.key];
  if (target === undefined) return false;
  if (last < 0) return true;
  const row = Math.max(0, Math.min(last, target));
  const name = folder.entryAt(row)?.name;
  if (event.shiftKey) onSelect(extendTo(selection, row, namesOf));
  else if (event.ctrlKey || name === undefined) onSelect({ ...selection, focus: row });
  else onSelect(selectOne(row, name));
  return true;
}

function choose(
  event: KeyboardEvent,
  { folder, selection, onSelect, onOpen, namesOf }: ListKeyInit,
): boolean {
  const entry = folder.entryAt(selection.focus);
  if (event.key === "Enter" && entry) onOpen(entry);
  else if (event.key === " " && entry) onSelect(toggle(selection, selection.focus, entry.name));
  else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey))
    onSelect(selectAll(selection, folder.rows, namesOf));
  else if (event.key === "Escape") onSelect({ ...selection, names: new Set() });
  else return false;
  return true;
}

/** Goes to the next name that begins with what is typed, among the rows that are held. */
function type(event: KeyboardEvent, { folder, selection, onSelect, typed }: ListKeyInit): boolean {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return false;
  const fresh = event.timeStamp - typed.atMs > TYPED_MS;
  typed.text = (fresh ? "" : typed.text) + event.key.toLowerCase();
  typed.atMs = event.timeStamp;
  // One letter again and again goes from name to name.
  const from = Math.max(0, selection.focus) + (typed.text.length === 1 ? 1 : 0);
  const reach = Math.min(folder.rows, folder.listing.known);
  for (let step = 0; step < reach; step++) {
    const row = (from + step) % reach;
    const name = folder.entryAt(row)?.name;
    if (!name?.toLowerCase().startsWith(typed.text)) continue;
    onSelect(selectOne(row, name));
    break;
  }
  return true;
}

const OTHER_KEYS = new Set(["F2", "Delete", "Backspace", "ContextMenu"]);

function other(event: KeyboardEvent, { onKey }: ListKeyInit): boolean {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") onKey("Undo");
  else if (OTHER_KEYS.has(event.key)) onKey(event.key);
  else return false;
  return true;
}
