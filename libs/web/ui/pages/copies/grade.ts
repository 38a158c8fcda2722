/** How safe something is, the worst of what is in it first: a word, and a pattern beside a colour. */
import { countText } from "../../parts/byte-text.ts";
import type { ChildHealth } from "./use-health.ts";

export const GRADES = ["safe", "under", "bare", "unreachable"] as const;
export type Grade = (typeof GRADES)[number];

export const GRADE_WORDS: Record<Grade, string> = {
  safe: "Safe",
  under: "Too few copies",
  bare: "No copy at a keeper",
  unreachable: "Nobody online has it",
};

export const GRADE_TEXTS: Record<Grade, string> = {
  safe: "As many copies as are asked for.",
  under: "Some copies, but fewer than are asked for. The drive makes more where it finds room.",
  bare: "Only those who share or mirror it have it: when they leave, it is gone.",
  unreachable: "It cannot be read until somebody who has it is back.",
};

type Counts = Pick<ChildHealth, "chunks" | "under" | "bare" | "unreachable">;

export function gradeOf({ under, bare, unreachable }: Counts): Grade {
  if (unreachable > 0) return "unreachable";
  if (bare > 0) return "bare";
  return under > 0 ? "under" : "safe";
}

/** How much of it that is: `12 of 400 pieces`; undefined for all of it, or none. */
export function shareText(counts: Counts): string | undefined {
  const grade = gradeOf(counts);
  if (grade === "safe" || counts[grade] === counts.chunks) return undefined;
  return `${countText(counts[grade])} of ${countText(counts.chunks)} pieces`;
}
