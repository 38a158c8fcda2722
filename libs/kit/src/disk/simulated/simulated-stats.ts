/** What a simulated disk says of an inode. */
import { constants } from "node:fs";
import type { DiskStats } from "../disk.ts";
import type { Inode } from "./inode.ts";

const KINDS = {
  file: constants.S_IFREG,
  directory: constants.S_IFDIR,
  link: constants.S_IFLNK,
};

export function statsOf(inode: Inode): DiskStats {
  const { kind, facts } = inode;
  return {
    dev: inode.device,
    ino: inode.number,
    mode: BigInt(facts.mode | KINDS[kind]),
    nlink: BigInt(inode.links),
    size: BigInt(inode.kind === "file" ? inode.content.size : 4096),
    mtimeNs: facts.mtimeNs,
    ctimeNs: facts.ctimeNs,
    birthtimeNs: inode.birthNs,
    isFile: () => kind === "file",
    isDirectory: () => kind === "directory",
    isSymbolicLink: () => kind === "link",
  };
}
