/** What of a shared folder is not published: its `.goliathignore`, and what nobody wants to share. */
import ignore, { type Ignore } from "ignore";
import { join } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";
import type { ShareDisk } from "./share-disk.ts";

/** The file with the user's rules, in gitignore's language, at the root of a share. */
export const IGNORE_FILE = ".goliathignore";
/** Rules longer than this are surely something else. */
const IGNORE_BYTES_MAX = 1024 * 1024;
/** The matcher remembers every path it was asked about: after so many it is made anew. */
const REMEMBERED_MAX = 10_000;

/** Litter of systems, half-made downloads, editors' swap files, and our own temporary names. */
const DEFAULT_RULES = [
  ".DS_Store",
  "._*",
  ".Spotlight-V100/",
  ".Trashes/",
  ".fseventsd/",
  ".Trash-*/",
  "Thumbs.db",
  "ehthumbs.db",
  "desktop.ini",
  "$RECYCLE.BIN/",
  "System Volume Information/",
  "*.part",
  "*.partial",
  "*.crdownload",
  "*.swp",
  "*.swo",
  "*.swx",
  ".#*",
  "*~",
  "~$*",
  ".nfs*",
  ".fuse_hidden*",
  ".goliath-*",
  // A mirror's own folder, in what was mirrored or copied from a mirror.
  ".goliath/",
  "lost+found/",
];

export class NameFilter {
  readonly #rules: string;
  #matcher: Ignore;
  #asked = 0;

  /** `rules` come after the defaults, so that `!*.part` shares those too. */
  constructor(rules: string) {
    this.#rules = rules;
    this.#matcher = this.#make();
  }

  /** Whether the entry at these names from the root is left out. */
  ignores(names: readonly string[], { dir }: { dir: boolean }): boolean {
    if (++this.#asked % REMEMBERED_MAX === 0) this.#matcher = this.#make();
    return this.#matcher.ignores(`${names.join("/")}${dir ? "/" : ""}`);
  }

  #make(): Ignore {
    const matcher = ignore({ ignorecase: false, allowRelativePaths: true });
    return matcher.add(DEFAULT_RULES).add(this.#rules);
  }
}

/** Reads the rules of a share. Throws when they are there and cannot be read. */
export async function readNameFilter(disk: ShareDisk, local: string): Promise<NameFilter> {
  const file = join(local, IGNORE_FILE);
  const stats = await disk.stat(file);
  if (!stats?.isFile()) return new NameFilter("");
  if (stats.size > IGNORE_BYTES_MAX) {
    throw new GoliathError("too-large", `${file} is longer than ${IGNORE_BYTES_MAX} bytes`);
  }
  return new NameFilter(await disk.text(file));
}
