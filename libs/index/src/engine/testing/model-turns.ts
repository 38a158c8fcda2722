/** Random turns of the model: what writers commit, and what else happens between commits. */
import fc from "fast-check";
import { joinPath } from "@goliath/protocols/nouns";
import type { Change, DrivePath } from "@goliath/protocols/nouns";

/** `current` stands for the revision that the entry has when the commit is made. */
export type When = "none" | "absent" | "current" | "stale";
export interface Step {
  op: Change["op"];
  path: DrivePath;
  other: DrivePath;
  content: number;
  /** Which of the paths that exist to take as the source; undefined: `path`, whatever is there. */
  source: number | undefined;
  when: When;
  back: number | undefined;
}
export interface Turn {
  writer: number;
  steps: Step[];
  resend: "no" | "same" | "changed";
  /** Which of the directories that exist gets a follower after this turn. */
  follow: number | undefined;
  /** Whether the followers take in what there is; the others are late. */
  catchUp: boolean;
  /** Whether the index is closed and opened again, where it can be. */
  restart: boolean;
  /** Half hours that pass, after which what is over is ended and given up; none: nothing is. */
  pass: number;
  /** Pages of the sweep before the commit, then. */
  pages: number;
}

const dirPath = fc
  .array(fc.constantFrom("a", "b", "c", "\u{1f600}"), { minLength: 0, maxLength: 3 })
  .map((names) => `/${names.join("/")}` as DrivePath);
/** Files mostly have names of their own, so that most changes find what they need. */
const filePath = fc
  .tuple(dirPath, fc.constantFrom("f", "g", "h"))
  .map(([dir, name]) => joinPath(dir, name));
const anyPath = fc.oneof(dirPath, filePath, filePath);
const op = fc.constantFrom<Step["op"][]>(
  "put",
  "put",
  "put",
  "mkdir",
  "remove",
  "move",
  "move",
  "copy",
  "claim",
  "unclaim",
  "policy",
  "policy",
);
const step: fc.Arbitrary<Step> = fc.record({
  op,
  path: anyPath,
  other: anyPath,
  content: fc.nat(5),
  source: fc.option(fc.nat(), { freq: 8, nil: undefined }),
  when: fc.oneof(
    { weight: 24, arbitrary: fc.constant<When>("none") },
    { weight: 6, arbitrary: fc.constant<When>("current") },
    { weight: 1, arbitrary: fc.constantFrom<When[]>("absent", "stale") },
  ),
  back: fc.option(fc.nat(4), { nil: undefined }),
});
export const turnOf: fc.Arbitrary<Turn> = fc.record({
  // Mostly one writer, so that claims do not refuse everything.
  writer: fc.constantFrom(0, 0, 0, 0, 1, 2),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  resend: fc.constantFrom<Turn["resend"][]>("no", "no", "no", "same", "changed"),
  follow: fc.option(fc.nat(), { freq: 1, nil: undefined }),
  catchUp: fc.constantFrom(false, false, false, true),
  pass: fc.constantFrom(0, 0, 0, 1, 2, 5),
  pages: fc.nat(8),
  restart: fc.constantFrom(...Array.from({ length: 11 }, () => false), true),
});
