/** What a commit did, in words: the index keeps the first of its changes as `put /a/b`. */
import { countText } from "../../parts/byte-text.ts";
import type { LogEntry } from "./use-log.ts";

const VERBS: Record<string, string> = {
  put: "Wrote",
  mkdir: "Made the folder",
  move: "Moved",
  remove: "Deleted",
  copy: "Restored or copied",
  policy: "Set the copies of",
  claim: "Began to share",
  unclaim: "Stopped sharing",
};

export interface ChangeText {
  verb: string;
  /** Absent where the log has another form. */
  path?: string;
  /** Whether something may stand at the path in that revision. */
  stands: boolean;
  /** `and 11 more changes`. */
  rest?: string;
}

export function changeText({
  summary,
  changes,
}: Pick<LogEntry, "summary" | "changes">): ChangeText {
  const space = summary.indexOf(" ");
  const op = summary.slice(0, space);
  const verb = VERBS[op];
  const stands = op !== "remove" && op !== "move" && !summary.endsWith("…");
  const found =
    verb === undefined ? { verb: summary || "Nothing" } : { verb, path: summary.slice(space + 1) };
  if (changes <= 1) return { ...found, stands };
  const more = changes - 1;
  return {
    ...found,
    stands,
    rest: `and ${countText(more)} more ${more === 1 ? "change" : "changes"}`,
  };
}
