/** The map in words: a row per entry, the least safe first. */
import { byteText, countText } from "../../parts/byte-text.ts";
import { joinPath } from "../../parts/drive-path.ts";
import { NumberCell, Table } from "../../parts/table.tsx";
import { Link } from "../../shell/link.tsx";
import { copiesAddress } from "./copies-address.ts";
import classes from "./copies.module.css";
import { GRADE_WORDS, gradeOf, GRADES, shareText } from "./grade.ts";
import type { ChildHealth } from "./use-health.ts";

const COLUMNS = ["Name", "Health", { number: "Fewest copies" }, { number: "Size" }];

export function ChildTable({ path, items }: { path: string; items: readonly ChildHealth[] }) {
  const sorted = items.toSorted((a, b) => rank(b) - rank(a) || b.bytes - a.bytes);
  return (
    <Table label="Health of the copies" columns={COLUMNS}>
      {sorted.map((child) => (
        <Row key={child.name} child={child} path={joinPath(path, child.name)} />
      ))}
    </Table>
  );
}

function Row({ child, path }: { child: ChildHealth; path: string }) {
  const grade = gradeOf(child);
  const part = shareText(child);
  return (
    <tr>
      <td>
        {child.kind === "dir" ? (
          <Link href={copiesAddress(path)} className={classes["name"]}>
            {child.name}/
          </Link>
        ) : (
          <span className={classes["name"]}>{child.name}</span>
        )}
      </td>
      <td data-label="Health">
        <span className={classes["grade"]}>
          <span className={classes["swatch"]} data-grade={grade} aria-hidden="true" />
          {GRADE_WORDS[grade]}
          {part && <span className={classes["dim"]}>{part}</span>}
        </span>
      </td>
      <NumberCell label="Fewest copies">{countText(child.fewestCopies)}</NumberCell>
      <NumberCell label="Size">{byteText(child.bytes)}</NumberCell>
    </tr>
  );
}

function rank(child: ChildHealth): number {
  return GRADES.indexOf(gradeOf(child));
}
