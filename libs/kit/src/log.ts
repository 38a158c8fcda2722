/** Structured logs: one event a line, on stderr unless told otherwise. */
import { plainJson } from "./plain-json.ts";
import { systemClock, type Clock } from "./clock.ts";

/** From all to nothing. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** An object a line for programs, a sentence a line for people. */
export const LOG_FORMATS = ["json", "text"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Facts of one event. Errors are written with code, stack and causes, bigints as text. */
export type LogFields = Record<string, unknown>;

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log whose lines also carry these fields. */
  child(fields: LogFields): Log;
}

export interface LogInit {
  /** Which part speaks: `peer`, `index`. */
  name: string;
  level?: LogLevel;
  /** Default: `json`. */
  format?: LogFormat;
  /** Takes one line with its newline. */
  write?: (line: string) => void;
  clock?: Clock;
}

/** Depth of causes written: a longer chain says nothing more. */
const CAUSES_MAX = 5;

export function createLog(init: LogInit): Log {
  const { name, level = "info", format = "json", clock = systemClock } = init;
  const encode = format === "text" ? encodeText : encodeLine;
  const write = init.write ?? ((line) => void process.stderr.write(line));
  const threshold = LOG_LEVELS.indexOf(level);
  const at = (lineLevel: LogLevel, bound: LogFields) => {
    if (LOG_LEVELS.indexOf(lineLevel) < threshold) return () => undefined;
    return (message: string, fields?: LogFields) => {
      const time = new Date(clock.nowMs()).toISOString();
      write(encode({ time, level: lineLevel, name, message, ...bound, ...fields }));
    };
  };
  const bind = (bound: LogFields): Log => ({
    debug: at("debug", bound),
    info: at("info", bound),
    warn: at("warn", bound),
    error: at("error", bound),
    child: (fields) => bind({ ...bound, ...fields }),
  });
  return bind({});
}

/** Says nothing: for tests and for parts that need a log to exist. */
export const silentLog: Log = createLog({ name: "silent", level: "silent" });

/** The level named by `text` (as in `GOLIATH_LOG`), or `fallback` when it names none. */
export function parseLogLevel(text: string | undefined, fallback: LogLevel): LogLevel {
  return LOG_LEVELS.find((level) => level === text?.trim().toLowerCase()) ?? fallback;
}

function encodeLine(fields: LogFields): string {
  try {
    return `${plainJson(fields, (_key, value: unknown) => plain(value))}\n`;
  } catch (thrown) {
    // A cycle or a throwing getter in the fields: the message must still come out.
    const { time, level, name, message } = fields;
    return `${plainJson({ time, level, name, message, logFault: String(thrown) })}\n`;
  }
}

/** `2026-11-24T09:12:00.000Z warn  peer: a share is paused {"local":"/srv/data"}` */
function encodeText({ time, level, name, message, ...fields }: LogFields): string {
  const facts = Object.keys(fields).length > 0 ? ` ${encodeLine(fields)}` : "\n";
  // As within JSON, so that it is one line and nothing a terminal obeys.
  const said = plainJson(String(message))
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return `${String(time)} ${String(level).padEnd(5)} ${String(name)}: ${said}${facts}`;
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Error) return plainError(value, CAUSES_MAX);
  if (value instanceof Map || value instanceof Set) return [...value];
  return value;
}

function plainError(error: Error, causesLeft: number): LogFields {
  const { code } = error as Error & { code?: unknown };
  const cause = error.cause instanceof Error && causesLeft > 0;
  return {
    ...(code === undefined ? {} : { code: String(code) }),
    message: error.message,
    stack: error.stack,
    ...(cause ? { cause: plainError(error.cause as Error, causesLeft - 1) } : {}),
  };
}
