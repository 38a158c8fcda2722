/**
 * Looks, at the start of a mirror, whether what we put into its folder is still there. What
 * somebody removed is fetched again; what they edited is theirs and stays until the drive changes.
 */
import { relative, sep } from "node:path";
import { mapBounded } from "@goliath/kit";
import { OWN_FOLDER } from "./own-name.ts";
import type { MirrorContext } from "./mirror-context.ts";

/** Files looked at in one page. */
const PAGE_FILES = 1000;
/** Looks at the disk at once. */
const LOOKS_AT_ONCE = 32;

export async function checkFolder(context: MirrorContext): Promise<void> {
  const { disk, placed, local, signal } = context;
  for (let after: string | undefined; ;) {
    const page = placed.list(local, {
      limit: PAGE_FILES,
      ...(after === undefined ? {} : { after }),
    });
    const gone: string[] = [];
    await mapBounded(
      page,
      LOOKS_AT_ONCE,
      async ({ path }) => {
        const isThere = await disk.lstat(path, { bigint: true }).then(() => true, isUnknown);
        if (!isThere) gone.push(path);
      },
      { signal },
    );
    for (const path of gone) forget(context, path);
    await placed.withdraw(gone);
    after = page.at(-1)?.path;
    if (after === undefined) return;
  }
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
