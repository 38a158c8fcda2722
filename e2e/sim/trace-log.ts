/** What a process says of itself, in the trace. */
import { createLog, type Clock, type Log } from "@goliath/kit";
import type { Trace } from "./trace.ts";

export function traceLog(name: string, { trace, clock }: { trace: Trace; clock: Clock }): Log {
  return createLog({
    name,
    level: "info",
    clock,
    write: (line) => {
      const { message, error, ...fields } = JSON.parse(line) as Record<string, unknown>;
      const { time: _time, level, name: _name, ...rest } = fields;
      trace.note(name, `${level}: ${message} ${JSON.stringify(rest)} ${textOf(error)}`);
    },
  });
}

/** Without the paths of this machine, which would make equal histories differ. */
function textOf(error: unknown): string {
  if (error === undefined) return "";
  if (typeof error !== "object" || error === null) return String(error);
  const { message, stack, cause } = error as Record<string, unknown>;
  const at = /at [^\n]*?([a-z-]+\.ts:\d+)/u.exec(String(stack))?.[1] ?? "";
  return `${message} (${at}) ${cause === undefined ? "" : `because ${textOf(cause)}`}`;
}
