/** What the web UI needs for who comes from elsewhere, read from files. */
import { readFile, stat } from "node:fs/promises";
import { GoliathError } from "@goliath/protocols/nouns";
import type { HttpOptions } from "./daemons.ts";

/** Shorter ones are guessed, however slowly they are tried. */
const PASSWORD_CHARACTERS_MIN = 12;
/** Who else may read or write a file. */
const OTHERS = 0o077;

export interface HttpSecrets {
  password?: string;
  tls?: { cert: string; key: string };
}

/** Throws `bad-request`, `not-found`, `forbidden` with what to do. */
export async function readHttpSecrets(http: HttpOptions): Promise<HttpSecrets> {
  const { passwordFile, certFile, keyFile } = http;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new GoliathError("bad-request", "http-cert and http-key go together: set both");
  }
  const password = passwordFile === undefined ? undefined : await readPassword(passwordFile);
  const [cert, key] = [await read(certFile), await read(keyFile)];
  return {
    ...(password !== undefined && { password }),
    ...(cert !== undefined && key !== undefined && { tls: { cert, key } }),
  };
}

async function readPassword(file: string): Promise<string> {
  const password = (await read(file))?.replace(/\r?\n$/u, "") ?? "";
  const about = { file };
  if (process.platform !== "win32" && ((await stat(file)).mode & OTHERS) !== 0) {
    throw new GoliathError("forbidden", `others can read ${file}: chmod 600 it`, { about });
  }
  if (password.length >= PASSWORD_CHARACTERS_MIN) return password;
  const text = `the password in ${file} is shorter than ${PASSWORD_CHARACTERS_MIN} characters`;
  throw new GoliathError("bad-request", text, { about });
}

async function read(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw new GoliathError("not-found", `${file} cannot be read`, { cause, about: { file } });
  });
}
