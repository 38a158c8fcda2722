/** `folders`: the folders of the peer's machine, for a page that lets somebody choose one. */
import { access, constants, opendir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import type { ControlMethod } from "@goliath/kit";
import { GoliathError, type ErrorCode } from "@goliath/protocols/nouns";
import type { WebControl } from "./web-control.ts";

/** More than anybody looks through; `more` says that there are others. */
const FOLDERS_MAX = 2_000;
/** Names read at most: a folder of a million files holds nobody up. */
const NAMES_MAX = 100_000;

/** Names of folders alone, never of files. */
export const foldersMethod: ControlMethod = async (
  params,
  { signal },
): Promise<WebControl["folders"]["result"]> => {
  const asked = params.optionalString("local") ?? homedir();
  if (!isAbsolute(asked) || asked.includes("\0")) {
    throw new GoliathError("bad-request", "local is no absolute path");
  }
  try {
    const local = await realpath(asked);
    const { folders, more } = await readFolders(local, signal);
    const parent = dirname(local);
    const writable = await access(local, constants.W_OK).then(
      () => true,
      () => false,
    );
    return { local, ...(parent !== local && { parent }), folders, writable, more };
  } catch (thrown) {
    throw explain(thrown, asked);
  }
};

async function readFolders(
  local: string,
  signal: AbortSignal,
): Promise<{ folders: string[]; more: boolean }> {
  const folders: string[] = [];
  let names = 0;
  for await (const entry of await opendir(local)) {
    signal.throwIfAborted();
    if (folders.length === FOLDERS_MAX || ++names > NAMES_MAX) return done(folders, true);
    if (entry.isDirectory()) folders.push(entry.name);
  }
  return done(folders, false);
}

const order = new Intl.Collator(undefined, { numeric: true });
const done = (folders: string[], more: boolean) => ({
  folders: folders.toSorted(order.compare),
  more,
});

const CODES: Readonly<Record<string, [code: ErrorCode, what: string]>> = {
  ENOENT: ["not-found", "is not there"],
  ENOTDIR: ["not-a-directory", "is no folder"],
  EACCES: ["forbidden", "may not be read by this peer"],
  EPERM: ["forbidden", "may not be read by this peer"],
};

function explain(thrown: unknown, local: string): GoliathError {
  const errno = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  const known = Object.hasOwn(CODES, errno) ? CODES[errno] : undefined;
  if (!known) return GoliathError.from(thrown);
  const [code, what] = known;
  const file = join(local);
  return new GoliathError(code, `${file} ${what}`, { cause: thrown, about: { file } });
}
