/** What a setting is: how it is read from TOML, and how it is explained in the default file. */
import { GoliathError } from "@goliath/protocols/nouns";

/** Where in the file: names of tables and keys, and places in arrays of tables. */
export type KeyPath = readonly (string | number)[];

/** What is wrong with one key. */
export class SettingFault extends Error {
  readonly path: KeyPath;

  constructor(path: KeyPath, message: string) {
    super(message);
    this.path = path;
  }
}

export interface Setting<Value> {
  /** Throws `SettingFault`. */
  read(value: unknown, path: KeyPath): Value;
  /** Its lines of the default file, which set nothing. */
  explain(path: readonly string[]): string[];
}

export interface SettingInit {
  /** Sentences for the default file. */
  about: string;
  /** A value as TOML: what holds without it, or a likely one. */
  example: string;
}

/** Longest line of the default file. */
const COLUMNS = 100;

/** One value: `read` throws what it expects. */
export function value<Value>(
  { about, example }: SettingInit,
  read: (raw: unknown) => Value,
): Setting<Value> {
  return {
    read: (raw, path) => {
      try {
        return read(raw);
      } catch (thrown) {
        throw new SettingFault(path, GoliathError.from(thrown).message);
      }
    },
    explain: (path) => [...comment(about), `#${path.at(-1)} = ${example}`, ""],
  };
}

/** Text that `parse` understands. */
export function text<Value>(init: SettingInit, parse: (text: string) => Value): Setting<Value> {
  return value(init, (raw) => {
    if (typeof raw === "string") return parse(raw);
    throw expected(`text in quotes, such as ${init.example}`);
  });
}

/** A list of texts. */
export function texts<Value>(
  init: SettingInit,
  parse: (texts: readonly string[]) => Value,
): Setting<Value> {
  return value(init, (raw) => {
    if (Array.isArray(raw) && raw.every((one) => typeof one === "string")) return parse(raw);
    throw expected(`a list of texts, such as ${init.example}`);
  });
}

export function flag(init: SettingInit): Setting<boolean> {
  return value(init, (raw) => {
    if (typeof raw === "boolean") return raw;
    throw expected("true or false, without quotes");
  });
}

/** One of a few words. */
export function choice<Word extends string>(
  init: SettingInit,
  words: readonly Word[],
): Setting<Word> {
  return text(init, (raw) => {
    const found = words.find((word) => word === raw);
    if (found !== undefined) return found;
    throw expected(`one of ${words.join(", ")}`);
  });
}

type Settings = Record<string, Setting<unknown>>;

/** What a table of these settings says; what it does not name is absent. */
export type Said<Table extends Settings> = {
  [Key in keyof Table]?: Table[Key] extends Setting<infer Value> ? Value : never;
};

/** A table: `[name]`, in which unknown keys are refused. */
export function table<Table extends Settings>(
  about: string,
  settings: Table,
): Setting<Said<Table>> {
  return {
    read: (raw, path) => readTable(raw, { settings, path }) as Said<Table>,
    explain: (path) => [
      ...(path.length > 0
        ? [...comment(about), `[${path.join(".")}]`, ""]
        : [...comment(about), ""]),
      ...Object.entries(settings).flatMap(([key, setting]) => setting.explain([...path, key])),
    ],
  };
}

/** Tables in order: `[[name]]`. */
export function tables<Table extends Settings>(
  { about, max }: { about: string; max: number },
  settings: Table,
): Setting<Said<Table>[]> {
  return {
    read: (raw, path) => {
      if (!Array.isArray(raw)) throw new SettingFault(path, `expected [[${path.join(".")}]]`);
      if (raw.length > max) throw new SettingFault(path, `more than ${max} of them`);
      return raw.map((one, at) => readTable(one, { settings, path: [...path, at] }) as Said<Table>);
    },
    explain: (path) => [
      ...comment(about),
      `#[[${path.join(".")}]]`,
      ...Object.entries(settings).flatMap(([key, setting]) => setting.explain([...path, key])),
    ],
  };
}

function readTable(
  raw: unknown,
  { settings, path }: { settings: Settings; path: KeyPath },
): Record<string, unknown> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw) || raw instanceof Date)
    throw new SettingFault(path, `expected a table: [${path.join(".")}]`);
  const said: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(raw)) {
    const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
    if (!setting) throw unknownKey([...path, key], Object.keys(settings));
    said[key] = setting.read(inner, [...path, key]);
  }
  return said;
}

function unknownKey(path: KeyPath, known: readonly string[]): SettingFault {
  const where = path.length > 1 ? `in [${path.slice(0, -1).join(".")}]` : "at the top";
  return new SettingFault(path, `no such setting; known ${where}: ${known.join(", ")}`);
}

function expected(what: string): GoliathError {
  return new GoliathError("bad-request", `expected ${what}`);
}

/** Words as lines of comment. */
function comment(words: string): string[] {
  const lines = [""];
  for (const word of words.split(/\s+/u)) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length < COLUMNS) lines[lines.length - 1] = line;
    else lines.push(` ${word}`);
  }
  return lines.map((line) => `#${line}`);
}
