/**
 * What a home keeps of its web UI, in `web.json`. The token is kept, as Syncthing keeps its key, so
 * that a page that is open goes on when the daemon was started anew; the file is its owner's alone,
 * as is `peer.key` beside it, which is worth more.
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { systemDisk, writeFileDurably } from "@goliath/kit";

const FILE_MODE = 0o600;
/** Nobody guesses 192 bits. */
const TOKEN_BYTES = 24;

interface Kept {
  token?: string;
  /** Whether the drive was created here: then its index runs with the peer. */
  runsIndex?: boolean;
  /** What others see the peer called, as somebody said at the first run. */
  name?: string;
}

export class WebHome {
  readonly #file: string;
  #kept: Kept;

  /** Use `openWebHome`. */
  constructor(file: string, kept: Kept) {
    this.#file = file;
    this.#kept = kept;
  }

  get runsIndex(): boolean {
    return this.#kept.runsIndex ?? false;
  }

  get name(): string | undefined {
    return this.#kept.name;
  }

  /** Made at the first time. */
  async token(): Promise<string> {
    const { token = randomBytes(TOKEN_BYTES).toString("base64url") } = this.#kept;
    if (this.#kept.token === undefined) await this.save({ token });
    return token;
  }

  /** On disk when it resolves. */
  async save(changed: Kept): Promise<void> {
    this.#kept = { ...this.#kept, ...changed };
    const text = `${JSON.stringify(this.#kept)}\n`;
    await writeFileDurably(this.#file, text, { disk: systemDisk, mode: FILE_MODE });
  }
}

/** The caller that is to save holds a lock of the home. */
export async function openWebHome(home: string): Promise<WebHome> {
  const file = join(home, "web.json");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "{}";
    throw error;
  });
  return new WebHome(file, parse(text));
}

/** A damaged file stops the start: what it said of the index must not be forgotten. */
function parse(text: string): Kept {
  const { token, runsIndex, name } = JSON.parse(text) as Record<string, unknown>;
  return {
    ...(typeof token === "string" && token.length >= TOKEN_BYTES && { token }),
    ...(typeof runsIndex === "boolean" && { runsIndex }),
    ...(typeof name === "string" && { name }),
  };
}
