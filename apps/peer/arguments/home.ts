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
  return chosen === "" ? defaultHome() : resolve(cwd, chosen);
}

export function defaultHome(): string {
  return join(homedir(), ".goliath");
}

/** The home as people write it: with `~` for their own folder. */
export function formatHome(home: string): string {
  const own = homedir() + sep;
  return home.startsWith(own) ? `~${sep}${home.slice(own.length)}` : home;
}
