/**
 * What a home keeps of its web UI, in `web.json`: the token. It is kept, as Syncthing keeps its key,
 * so that a page that is open goes on when the daemon was started anew; the file is its owner's
 * alone, as is `peer.key` beside it, which is worth more.
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { systemDisk, writeFileDurably } from "@goliath/kit";

const FILE_MODE = 0o600;
/** Nobody guesses 192 bits. */
const TOKEN_BYTES = 24;

export interface WebHome {
  token: string;
}

/** Reads it, or makes it at the first time. The caller holds the home's lock. */
export async function openWebHome(home: string): Promise<WebHome> {
  const file = join(home, "web.json");
  const text = await readFile(file, "utf8").catch(() => "{}");
  const kept = parse(text);
  if (kept.token !== undefined) return { token: kept.token };
  const made = { token: randomBytes(TOKEN_BYTES).toString("base64url") };
  await writeFileDurably(file, `${JSON.stringify(made)}\n`, { disk: systemDisk, mode: FILE_MODE });
  return made;
}

/** A damaged file is made anew: whoever had the old token opens the new address. */
function parse(text: string): Partial<WebHome> {
  try {
    const { token } = JSON.parse(text) as Record<string, unknown>;
    return typeof token === "string" && token.length >= TOKEN_BYTES ? { token } : {};
  } catch {
    return {};
  }
}
