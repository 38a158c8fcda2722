import { mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeDisk } from "./disk-compliance.ts";
import { systemDisk } from "./system-disk.ts";

describeDisk("systemDisk", async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "goliath-disk-")));
  return {
    disk: systemDisk,
    folder,
    symlink,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});
