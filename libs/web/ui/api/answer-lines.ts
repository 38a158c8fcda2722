/** The lines of JSON of an answer, parsed as they come. */
import { ApiError } from "./api-error.ts";

/** Longest line taken; a page of 1,000 entries with the longest names is a tenth of it. */
export const LINE_CHARS_MAX = 16 * 1024 * 1024;

export type AnswerLine = { progress: unknown } | { result: unknown } | { error: unknown };

/** Throws `internal` for what is no object in JSON, `too-large` for a line without end. */
export async function* answerLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  lineCharsMax = LINE_CHARS_MAX,
): AsyncGenerator<AnswerLine> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      held += value ?? "";
      const lines = held.split("\n");
      held = lines.pop() ?? "";
      for (const line of lines) if (line !== "") yield parseLine(line);
      if (held.length > lineCharsMax) throw new ApiError("too-large", "The answer is too long.");
      if (done) break;
    }
    if (held !== "") yield parseLine(held);
  } finally {
    // Ends the request as well, where its answer is left early.
    await reader.cancel().catch(() => undefined);
  }
}

function parseLine(line: string): AnswerLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ApiError("internal", "Goliath answered in a way this page does not know.");
  return value as AnswerLine;
}
