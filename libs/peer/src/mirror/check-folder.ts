/**
 * Looks, at the start of a mirror, whether what we put into its folder is still there. What
 * somebody removed is fetched again; what they edited is theirs and stays until the drive changes.
 */
import { dirname, join, relative, sep } from "node:path";
import { hashFile, type PlacedFile } from "@goliath/chunks";
import { mapBounded } from "@goliath/kit";
import { equalBytes } from "@goliath/protocols/nouns";
import { OWN_FOLDER } from "./own-name.ts";
import { diskPathOf, type MirrorContext } from "./mirror-context.ts";

/** Files and directories looked at in one page. */
const PAGE_FILES = 1000;
/** Looks at the disk at once. */
const LOOKS_AT_ONCE = 32;

export async function checkFolder(context: MirrorContext): Promise<void> {
  await checkPlaced(context);
  await checkWritten(context);
  await checkDirectories(context);
}

/**
 * By the replica and not by what is placed: a file that somebody asked for while it was removed, or
 * its disk away, is placed no longer. It is missing all the same, or to be served again.
 */
async function checkWritten(context: MirrorContext): Promise<void> {
  const { disk, replica, placed, signal } = context;
  for (let after = { dir: 0, name: "" }; ;) {
    const page = replica.filesOnDisk(after, PAGE_FILES);
    await mapBounded(
      page,
      LOOKS_AT_ONCE,
      async (place) => {
        const folder = diskPathOf(context, place.dir);
        if (folder === undefined) return;
        const path = join(folder, place.name);
        const looked = disk.lstat(path, { bigint: true });
        if (!(await looked.then(() => true, isUnknown))) replica.forgetOnDisk(place);
        else if (!placed.placed(path)) replica.recheck(place);
      },
      { signal },
    );
    const last = page.at(-1);
    if (!last) return;
    after = last;
  }
}

/** A directory that is gone is made again: it may be empty, so that no file would miss it. */
async function checkDirectories(context: MirrorContext): Promise<void> {
  const { replica, signal } = context;
  for (let page = replica.dirsOnDisk(0, PAGE_FILES); page.length > 0;) {
    for (const dir of page) {
      signal.throwIfAborted();
      if (await isMissing(context, dir)) replica.forgetDirOnDisk(dir);
    }
    page = replica.dirsOnDisk(page.at(-1) ?? 0, PAGE_FILES);
  }
}

/** Whether it is gone from where it was, and what it was in is not. */
async function isMissing(context: MirrorContext, dir: number): Promise<boolean> {
  const path = diskPathOf(context, dir);
  const isThere = (at: string): Promise<boolean> =>
    context.disk.lstat(at, { bigint: true }).then(() => true, isUnknown);
  return path !== undefined && !(await isThere(path)) && (await isThere(dirname(path)));
}

async function checkPlaced(context: MirrorContext): Promise<void> {
  const { placed, local, signal } = context;
  for (let after: string | undefined; ;) {
    const page = placed.list(local, {
      limit: PAGE_FILES,
      ...(after === undefined ? {} : { after }),
    });
    const gone: string[] = [];
    const renumbered: PlacedFile[] = [];
    await mapBounded(
      page,
      LOOKS_AT_ONCE,
      async (file) => {
        const found = await lookAt(context, file);
        if (found === "gone") gone.push(file.path);
        else if (found === "renumbered") renumbered.push(file);
      },
      { signal },
    );
    for (const path of gone) forget(context, path);
    await placed.withdraw(gone);
    for (const file of renumbered) await recognise(context, file);
    after = page.at(-1)?.path;
    if (after === undefined) return;
  }
}

async function lookAt(
  { disk }: MirrorContext,
  { path, stamp }: PlacedFile,
): Promise<"gone" | "renumbered" | "there"> {
  const stats = await disk.lstat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (isUnknown(error)) return undefined;
    return "gone" as const;
  });
  if (stats === "gone") return "gone";
  if (!stats?.isFile() || stats.ino === stamp.inode) return "there";
  return Number(stats.size) === stamp.size && stats.mtimeNs === stamp.mtimeNs
    ? "renumbered"
    : "there";
}

/** Some disks number their files anew at each mount: then the bytes tell whether it is ours. */
async function recognise(context: MirrorContext, file: PlacedFile): Promise<void> {
  const { disk, chunkBytes, placed, signal } = context;
  const { path, extents } = file;
  const hashed = await hashFile({ disk, path, chunkBytes, extents, signal }).catch(() => undefined);
  signal.throwIfAborted();
  if (hashed && equalBytes(hashed.sums, file.sums))
    await placed.place([{ ...file, stamp: hashed.stamp }]);
}

/** Only a name that is surely not there counts as gone. */
function isUnknown(error: NodeJS.ErrnoException): boolean {
  return error.code !== "ENOENT" && error.code !== "ENOTDIR";
}

function forget({ replica, local }: MirrorContext, path: string): void {
  const names = relative(local, path).split(sep);
  const name = names.pop();
  if (name === undefined || names[0] === OWN_FOLDER) return;
  let { dir } = replica.row();
  for (const folder of names) {
    const row = replica.dirOnDisk({ dir, name: folder });
    if (!row) return;
    dir = row.dir;
  }
  replica.forgetOnDisk({ dir, name });
}
