/** A name with what was looked for made plain. */
import { matchesIn } from "./matches-in.ts";
import classes from "./highlighted.module.css";

export function Highlighted({ name, text }: { name: string; text: string }) {
  return matchesIn(name, text).map(({ from, part, matches }) =>
    matches ? (
      <mark key={from} className={classes["mark"]}>
        {part}
      </mark>
    ) : (
      <span key={from}>{part}</span>
    ),
  );
}
