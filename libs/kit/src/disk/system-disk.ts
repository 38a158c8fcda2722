/** The machine's own disk. */
import * as system from "node:fs/promises";
import Database from "better-sqlite3";
import type { Disk } from "./disk.ts";

/** The system's functions as they are: passing the disk in costs no call and no copy. */
export const systemDisk: Disk = {
  open: system.open,
  lstat: system.lstat,
  stat: system.stat,
  link: system.link,
  unlink: system.unlink,
  rename: system.rename,
  mkdir: system.mkdir,
  readdir: system.readdir,
  opendir: system.opendir,
  rm: system.rm,
  rmdir: system.rmdir,
  utimes: system.utimes,
  chmod: system.chmod,
  statfs: system.statfs,
  readFile: system.readFile,
  realpath: system.realpath,
  database: (file, { timeoutMs }) => new Database(file, { timeout: timeoutMs }),
};
