/** Reads Prometheus' text format as strictly as its own linter. */

/** Names end in the unit they are in; what only grows says so. */
const NAME = /^[a-z][a-z0-9_]*$/u;
const SAMPLE = /^([a-z][a-z0-9_]*)((?:\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+\})?) (\S+)$/u;
const UNITS_BANNED = /_(ms|milliseconds|kib|mib|gib|kilobytes|percent)(_|$)/u;

/** Values by name and labels, as `name{state="x"}`. Throws where the text breaks a rule. */
export function parseExposition(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const types = new Map<string, string>();
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  for (const line of text.slice(0, -1).split("\n")) {
    const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/u.exec(line) ?? [];
    if (kind === "HELP" && (rest === "" || types.has(name))) throw new Error(`odd help: ${line}`);
    if (kind === "TYPE") checkType(name, rest, types);
    if (kind === undefined) takeSample(line, { types, found });
  }
  return found;
}

function checkType(name: string, type: string, types: Map<string, string>): void {
  const isTotal = name.endsWith("_total");
  if (!NAME.test(name) || UNITS_BANNED.test(name)) throw new Error(`odd name: ${name}`);
  if (types.has(name)) throw new Error(`told twice: ${name}`);
  if (isTotal !== (type === "counter")) throw new Error(`${name} is called as no ${type} is`);
  types.set(name, type);
}

function takeSample(
  line: string,
  { types, found }: { types: Map<string, string>; found: Map<string, number> },
): void {
  const [, name = "", labels = "", value = ""] = SAMPLE.exec(line) ?? [];
  const number = value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value);
  if (!types.has(name) || Number.isNaN(number) || found.has(name + labels))
    throw new Error(`odd sample: ${line}`);
  found.set(name + labels, number);
}
