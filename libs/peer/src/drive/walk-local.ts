/** The files and folders of a local folder, as they are put into the drive. */
import { join } from "node:path";
import type { Disk } from "@goliath/kit";
import { GoliathError, joinPath, nameProblem, type DrivePath } from "@goliath/protocols/nouns";
import { troubleOf } from "../disk-trouble.ts";
import { isOwnName } from "../mirror/own-name.ts";
import { decodeName } from "../share/share-disk.ts";
import { isTemporaryName } from "./gets-under-way.ts";

export type LocalFile = { local: string; path: DrivePath };
type LocalEntry = LocalFile & { kind: "dir" | "file" };

/** The files and folders at a local path; a link is followed only where the user named it. */
export async function* walkLocal(
  disk: Disk,
  { local, path }: LocalFile,
): AsyncGenerator<LocalEntry> {
  const named = await disk.realpath(local).catch((cause: unknown) => {
    throw new GoliathError("not-found", `${local} cannot be read: ${troubleOf(cause)}`, {
      cause,
      about: { file: local },
    });
  });
  yield* walkBelow(disk, { local: named, path });
}

/** Folders before what is in them. Refuses what cannot be copied whole: only ours is left out. */
async function* walkBelow(disk: Disk, { local, path }: LocalFile): AsyncGenerator<LocalEntry> {
  const found = await disk.lstat(local, { bigint: true });
  if (found.isFile()) return yield { kind: "file", local, path };
  if (!found.isDirectory()) throw notCopied(local);
  yield { kind: "dir", local, path };
  const names = await disk.readdir(local, { encoding: "buffer" });
  for (const bytes of names.toSorted(Buffer.compare)) {
    const name = decodeName(bytes);
    const problem = name === undefined ? "a name is not UTF-8" : nameProblem(name);
    if (name === undefined || problem) {
      const at = JSON.stringify(join(local, bytes.toString("latin1")));
      throw new GoliathError("invalid-path", `${problem}: rename ${at}`, { about: { file: at } });
    }
    if (isOurs(name)) continue;
    yield* walkBelow(disk, { local: join(local, name), path: joinPath(path, name) });
  }
}

/** A mirror's own folder, a peer's home with its key, what a `get` is writing: nobody's data. */
function isOurs(name: string): boolean {
  return isOwnName(name) || isTemporaryName(name);
}

export function notCopied(local: string): GoliathError {
  const text = `${local} is neither a file nor a folder: take it out, or name what it leads to`;
  return new GoliathError("bad-request", text, { about: { file: local } });
}
