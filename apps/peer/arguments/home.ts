/** Which home a command speaks to. */
import { homedir } from "node:os";
import { join, resolve, sep } from "node:path";

export interface HomeInit {
  /** `--home`, when given. */
  option?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
}

/** Absolute: `--home`, else `$GOLIATH_HOME`, else `~/.goliath`. */
export function resolveHome({ option, env, cwd }: HomeInit): string {
  const chosen = option ?? env["GOLIATH_HOME"] ?? "";
  if (chosen === "") return defaultHome();
  // A shell leaves the `~` of `--home=~/drive` to us: a folder of that name is never meant.
  return resolve(cwd, chosen.replace(/^~(?=\/|$)/u, homedir()));
}

export function defaultHome(): string {
  return join(homedir(), ".goliath");
}

/** The home as people write it: with `~` for their own folder. */
export function formatHome(home: string): string {
  const own = homedir() + sep;
  return home.startsWith(own) ? `~${sep}${home.slice(own.length)}` : home;
}

/** What to type after a command for it to speak to this home: nothing for the default one. */
export function homeOption(home: string): string {
  if (home === defaultHome()) return "";
  const shown = formatHome(home);
  // A shell reads no `~` within quotes.
  const isPlain = /^[\w@%+=:,./~-]+$/u.test(shown);
  return ` --home ${isPlain ? shown : `'${home.replaceAll("'", String.raw`'\''`)}'`}`;
}
