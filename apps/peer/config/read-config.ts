/** Reads the settings of a home; whatever is wrong is refused with its line and key. */
import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse, TomlError } from "smol-toml";
import { GoliathError } from "@goliath/protocols/nouns";
import { lineOfKey } from "./line-of-key.ts";
import { SettingFault, type KeyPath } from "./setting.ts";
import { SETTINGS, type Config } from "./settings.ts";

/** The default file has a tenth of it: what is larger was not meant. */
const CONFIG_BYTES_MAX = 64 * 1024;

export interface ReadConfigInit {
  home: string;
  cwd: string;
  /** `--config`; the home's own file, which need not be there, when absent. */
  option?: string | undefined;
}

export function configFile({ home, cwd, option }: ReadConfigInit): string {
  return option === undefined ? join(home, "config.toml") : resolve(cwd, option);
}

/** Throws `bad-request` for what is wrong in it, `not-found` for an option that names nothing. */
export async function readConfig(init: ReadConfigInit): Promise<Config> {
  const file = configFile(init);
  const toml = await readText(file, { mayLack: init.option === undefined });
  try {
    return parseConfig(toml);
  } catch (thrown) {
    const message = `${file} ${GoliathError.from(thrown).message}`;
    throw new GoliathError("bad-request", message, { cause: thrown, about: { config: file } });
  }
}

/** Throws `bad-request`, beginning with the line. */
export function parseConfig(toml: string): Config {
  try {
    return SETTINGS.read(parse(toml), []);
  } catch (thrown) {
    throw new GoliathError("bad-request", describe(thrown, toml), { cause: thrown });
  }
}

function describe(thrown: unknown, toml: string): string {
  if (thrown instanceof SettingFault) {
    const line = lineOfKey(toml, thrown.path);
    return `line ${line ?? 1}: ${formatKey(thrown.path)}: ${thrown.message}`;
  }
  if (!(thrown instanceof TomlError)) throw thrown;
  // What follows is a picture of the line, for a terminal of its own.
  const [first = ""] = thrown.message.split("\n");
  return `line ${thrown.line}: ${first.replace(/^Invalid TOML document: /u, "")}`;
}

/** `bandwidth.schedule.2.hours`: the second entry is 2, as people count. */
function formatKey(path: KeyPath): string {
  return path.map((key) => (typeof key === "number" ? key + 1 : key)).join(".");
}

async function readText(file: string, { mayLack }: { mayLack: boolean }): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > CONFIG_BYTES_MAX) {
      const message = `${file} is larger than ${CONFIG_BYTES_MAX} bytes: no settings`;
      throw new GoliathError("too-large", message, { about: { config: file } });
    }
    return await readFile(file, "utf8");
  } catch (thrown) {
    const isMissing = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    if (!isMissing) throw thrown;
    if (mayLack) return "";
    throw new GoliathError("not-found", `no such file: ${file}`, { about: { file } });
  }
}
