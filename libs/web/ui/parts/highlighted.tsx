/** A name with what was looked for made plain. */
import { Mark } from "@mantine/core";
import { matchesIn } from "./matches-in.ts";

export function Highlighted({ name, text }: { name: string; text: string }) {
  return matchesIn(name, text).map(({ from, part, matches }) =>
    matches ? <Mark key={from}>{part}</Mark> : <span key={from}>{part}</span>,
  );
}
