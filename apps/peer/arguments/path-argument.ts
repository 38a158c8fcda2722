/**
 * Paths of the drive on the command line: `/path`, or `/path@revision` for how it was.
 *
 * Only an `@` before digits at the very end means a revision. A name that really ends so is written
 * with that `@` doubled: `/report@@2024` is what is called `report@2024` now, and `/report@2024@17`
 * is the same in revision 17. A slash at the end is ignored.
 */
import { GoliathError, parsePath, parseRevision } from "@goliath/protocols/nouns";
import type { DrivePath, Revision } from "@goliath/protocols/nouns";

export interface PathArgument {
  path: DrivePath;
  /** Undefined: now. */
  at?: Revision;
  /** Whether a slash stood at the end: for `put`, into this directory. */
  into: boolean;
}

export function parsePathArgument(text: string): PathArgument {
  const [, before = "", signs = "", digits = ""] = /^(.*?)(@+)(\d+)$/su.exec(text) ?? [];
  // Two signs stand for one of the name; one that is left over stands for the revision.
  const literal = before + "@".repeat(signs.length / 2);
  if (signs.length % 2 === 1) return { ...parsePlain(literal), at: parseRevision(Number(digits)) };
  return parsePlain(signs === "" ? text : literal + digits);
}

/** A path where only the present will do. */
export function parsePathNow(text: string): PathArgument {
  const argument = parsePathArgument(text);
  if (argument.at === undefined) return argument;
  const literal = formatPathArgument({ ...argument, at: undefined });
  const advice = `the past cannot be changed: if the name ends in @${argument.at}, write @@${argument.at}`;
  throw new GoliathError(
    "bad-request",
    `${literal}@${argument.at} names a revision, and ${advice}`,
  );
}

/** What to type for a path: the reverse of `parsePathArgument`. */
export function formatPathArgument({
  path,
  at,
}: {
  path: string;
  at?: number | undefined;
}): string {
  const escaped = path.replace(at === undefined ? /@+(?=\d+$)/u : /@+$/u, (signs) => signs + signs);
  return at === undefined ? escaped : `${escaped}@${at}`;
}

function parsePlain(text: string): PathArgument {
  const trimmed = text.replace(/\/+$/u, "");
  const into = trimmed !== text;
  if (trimmed === "" && into) return { path: parsePath("/"), into };
  return { path: parsePath(trimmed), into };
}
