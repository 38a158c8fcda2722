/** A share or mirror joins a local folder and a path of the drive; either end names it. */
import { resolve } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";
import { parsePathNow } from "./path-argument.ts";

/** One share or mirror. */
export interface Pair {
  local: string;
  path: string;
}

export interface FindPairOptions {
  cwd: string;
  known: readonly Pair[];
}

/**
 * Which pair is meant. `/a` can be both a folder and a path: where these are of two pairs it is
 * refused. Throws `not-found` naming what there is.
 */
export function findPair(text: string, { cwd, known }: FindPairOptions): Pair {
  const local = resolve(cwd, text);
  const path = text.startsWith("/") ? parsePathNow(text).path : undefined;
  const byLocal = known.find((pair) => pair.local === local);
  const byPath = known.find((pair) => pair.path === path);
  if (byLocal && byPath && byLocal !== byPath) {
    const both = `${describe(byPath)}, or ${describe(byLocal)}`;
    throw new GoliathError("bad-request", `${text} could mean ${both}: name the other end`);
  }
  const found = byPath ?? byLocal;
  if (found) return { local: found.local, path: found.path };
  const all = known.map(describe).join(", ");
  throw new GoliathError(
    "not-found",
    all === "" ? `${text} is not followed: nothing is here` : `${text} is none of: ${all}`,
    { about: { file: local } },
  );
}

function describe({ local, path }: Pair): string {
  return `${local} at ${path}`;
}
