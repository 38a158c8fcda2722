/**
 * `.goliath` inside a mirrored folder: files on their way (`tmp`), what was replaced (`keep`),
 * directories that wait for their place (`moving`), and a mark that tells the folder again on a
 * disk that comes back under another number.
 */
import type { Disk } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import { join } from "node:path";
import { isAbsent } from "../share/share-disk.ts";
import { KeepArea, type KeepAreaInit } from "./keep-area.ts";
import { codeOf } from "./move-new.ts";
import { MOVING } from "./moved-directory.ts";
import { OWN_FOLDER } from "./own-name.ts";
import { placingPath } from "./placing-log.ts";

/** The file with the mark. */
const MARK = "mirror";

/** What is mirrored here, in the words of the mark. */
export interface Mirrored {
  drive: string;
  dir: number;
}

/** Makes the folder and everything in it but what waits for its place. */
export async function openOwnFolder(
  init: KeepAreaInit & { mirrored: Mirrored },
): Promise<KeepArea> {
  const { disk, local, mirrored } = init;
  const own = join(local, OWN_FOLDER);
  await disk.mkdir(join(own, "tmp"), { recursive: true });
  const keep = new KeepArea(init);
  await keep.open();
  for (const name of ["tmp", "keep"]) {
    const folder = join(own, name);
    if ((await disk.realpath(folder)) === folder) continue;
    throw new GoliathError("conflict", `${folder} is a link: remove it, and mirroring goes on`);
  }
  if (!(await isMarked(disk, { local, mirrored }))) {
    await using file = await disk.open(join(own, MARK), "w");
    await file.writeFile(textOf(mirrored));
  }
  return keep;
}

/** Whether the folder is there and whole. */
export async function hasOwnFolder(disk: Disk, local: string): Promise<boolean> {
  const stats = await disk.lstat(join(local, OWN_FOLDER, "tmp"), { bigint: true }).catch(ifAbsent);
  return stats !== undefined;
}

/** Whether a folder says of itself that this was mirrored into it. */
export async function isMarked(
  disk: Disk,
  { local, mirrored }: { local: string; mirrored: Mirrored },
): Promise<boolean> {
  const text = await disk.readFile(join(local, OWN_FOLDER, MARK), "utf8").catch(() => "");
  return text === textOf(mirrored);
}

/** Files on their way that nobody wants any more. */
export async function emptyTemporary(disk: Disk, local: string): Promise<void> {
  const folder = join(local, OWN_FOLDER, "tmp");
  for (const name of await disk.readdir(folder)) await disk.unlink(join(folder, name));
}

/** At the end of a mirror: what is ours goes, what is the user's comes back to where they see it. */
export async function removeOwnFolder(init: KeepAreaInit): Promise<void> {
  const { disk, local } = init;
  const own = join(local, OWN_FOLDER);
  if (!(await hasOwnFolder(disk, local))) return;
  const keep = new KeepArea(init);
  await keep.open();
  await keep.empty();
  const moving = join(own, MOVING);
  for (const name of (await disk.readdir(moving).catch(ifAbsent)) ?? [])
    await keep.giveBackFolder(join(moving, name), name);
  await emptyTemporary(disk, local);
  for (const path of [join(own, MARK), placingPath(local)]) await disk.unlink(path).catch(ifAbsent);
  for (const folder of [join(own, "tmp"), join(own, "keep"), moving, own]) {
    await disk.rmdir(folder).catch((error: unknown) => {
      // Somebody put something of theirs there: it stays.
      if (codeOf(error) !== "ENOTEMPTY") ifAbsent(error);
    });
  }
}

function textOf({ drive, dir }: Mirrored): string {
  return `Goliath mirrors directory ${dir} of drive ${drive} into the folder above.\n`;
}

function ifAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}
