/** How a failed command ends: words or JSON on stderr, and an exit code. */
import { plainJson } from "@goliath/kit";
import type { GoliathError } from "@goliath/protocols/nouns";
import { printable } from "../output/printable.ts";
import { adviceFor } from "./advice.ts";
import { exitCodeOf } from "./exit-codes.ts";

export interface ReportOptions {
  json: boolean;
}

/** Whole lines for stderr. */
export function formatFailure(error: GoliathError, { json }: ReportOptions): string {
  const advice = adviceFor(error);
  if (json) {
    const { code, message, about } = error;
    return `${plainJson({ error: { code, message, about, advice, exitCode: exitCodeOf(error) } })}\n`;
  }
  if (error.code === "aborted") return "goliath: cancelled\n";
  const sentence = `goliath: ${printable(withPath(error))}`;
  return advice ? `${sentence}\n${advice}\n` : `${sentence}\n`;
}

/** What comes from afar is a code and a path: the sentence then lacks the path. */
function withPath({ message, about }: GoliathError): string {
  const path = about["path"] ?? about["file"];
  return path === undefined || message.includes(String(path)) ? message : `${message}: ${path}`;
}

/** Whether somebody stopped reading our output, as `goliath ls | head` does: no failure. */
export function isBrokenPipe(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "EPIPE";
}
