/** Orders of a folder's rows: folders first, names as people count (`2` before `10`). */
import type { EntryView } from "../../api/methods.ts";

export type OrderBy = "name" | "size" | "modified";

export interface Order {
  by: OrderBy;
  descending: boolean;
}

export const BY_NAME: Order = { by: "name", descending: false };

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

const VALUES: Record<Exclude<OrderBy, "name">, (entry: EntryView) => number> = {
  size: ({ size, bytes }) => size ?? bytes ?? 0,
  modified: ({ mtimeMs, revision }) => mtimeMs ?? revision,
};

export function sorted(entries: readonly EntryView[], { by, descending }: Order): EntryView[] {
  const turn = descending ? -1 : 1;
  const byName = (a: EntryView, b: EntryView): number => names.compare(a.name, b.name);
  const value = by === "name" ? undefined : VALUES[by];
  return entries.toSorted((a, b) => {
    if (a.kind !== b.kind) return a.kind === "dir" ? -1 : 1;
    const difference = value ? value(a) - value(b) : byName(a, b);
    return difference === 0 ? byName(a, b) : difference * turn;
  });
}

/** What a press on a column's head makes of the order: sizes and dates begin with the largest. */
export function turned(order: Order, by: OrderBy): Order {
  if (order.by === by) return { by, descending: !order.descending };
  return { by, descending: by !== "name" };
}
