/** A table, which is a list of cards on a narrow screen. */
import type { ReactNode } from "react";
import classes from "./table.module.css";

export interface TableProps {
  /** Read out before it. */
  label: string;
  /** What stands over the columns; a number's stands at its end. */
  columns: readonly (string | { number: string } | { unseen: string })[];
  /** Rows of `<td>`s: all but the first with `data-label`, for the cards. */
  children: ReactNode;
}

export function Table({ label, columns, children }: TableProps) {
  return (
    <div className={classes["wrap"]}>
      <table className={classes["table"]} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={JSON.stringify(column)} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Heading({ column }: { column: TableProps["columns"][number] }) {
  if (typeof column === "string") return <th scope="col">{column}</th>;
  if ("number" in column)
    return (
      <th scope="col" className={classes["number"]}>
        {column.number}
      </th>
    );
  return <th scope="col" aria-label={column.unseen} />;
}

export function NumberCell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td data-label={label} className={classes["number"]}>
      {children}
    </td>
  );
}
