/** The heads of the columns; a press sorts where the folder is held whole. */
import { Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { ChevronDownIcon, ChevronUpIcon } from "@primer/octicons-react";
import { countText } from "../../parts/byte-text.ts";
import { SORTED_MAX } from "./listing.ts";
import type { Order, OrderBy } from "./order.ts";
import classes from "./list.module.css";

const COLUMNS: { by: OrderBy; title: string; cell: string }[] = [
  { by: "name", title: "Name", cell: "name" },
  { by: "size", title: "Size", cell: "size" },
  { by: "modified", title: "Modified", cell: "time" },
];

export interface ListHeadProps {
  order: Order;
  onOrder(by: OrderBy): void;
  sortable: boolean;
}

export function ListHead({ order, onOrder, sortable }: ListHeadProps) {
  return (
    <div role="row" aria-rowindex={1} className={classes["headRow"]}>
      <span role="columnheader" className={classes["check"]}>
        <VisuallyHidden>Chosen</VisuallyHidden>
      </span>
      {COLUMNS.map(({ by, title, cell }) => (
        <span
          key={by}
          role="columnheader"
          className={classes[cell]}
          aria-sort={sortOf(by, order, sortable)}
        >
          {sortable ? (
            <UnstyledButton className={classes["sort"]} onClick={() => onOrder(by)}>
              {title}
              {order.by === by &&
                (order.descending ? <ChevronDownIcon size={12} /> : <ChevronUpIcon size={12} />)}
            </UnstyledButton>
          ) : (
            <Tooltip
              label={`Folders with more than ${countText(SORTED_MAX)} entries are in the order of their names.`}
            >
              <span>{title}</span>
            </Tooltip>
          )}
        </span>
      ))}
      <span role="columnheader" className={classes["where"]}>
        Where it is
      </span>
    </div>
  );
}

function sortOf(by: OrderBy, order: Order, sortable: boolean): "ascending" | "descending" | "none" {
  if (!sortable) return by === "name" ? "ascending" : "none";
  if (order.by !== by) return "none";
  return order.descending ? "descending" : "ascending";
}
