/**
 * Which names of the drive a mirror's disk can hold. A disk that folds case (FAT, NTFS, APFS) finds
 * `a` under `A`: of names that are one to the disk only one is mirrored, the others are refused
 * with a reason, never merged. What a disk does is tried on it, not guessed from its kind.
 */
import type { Disk } from "@goliath/kit";
import { join } from "node:path";
import { codeOf } from "./move-new.ts";

/** Names that are one to the disk. */
export interface Folding {
  /** `a` and `A`. */
  case: boolean;
  /** `é` as one character and as two. */
  form: boolean;
  /** `a` and `a.`: dots and spaces at the end are dropped. */
  tail: boolean;
}

/** Of Windows, wherever the disk is mounted: `a:b` would write into a hidden part of `a`. */
const WINDOWS_CHARACTERS = /[\\:*?"<>|]/u;
const WINDOWS_DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/iu;
const WINDOWS_TAIL = /[. ]$/u;

/** Why this machine cannot hold the name, whatever else lies beside it; undefined when it may. */
export function refusalOf(name: string, { windows }: { windows: boolean }): string | undefined {
  if (!windows) return undefined;
  const bad =
    WINDOWS_CHARACTERS.test(name) || WINDOWS_DEVICES.test(name) || WINDOWS_TAIL.test(name);
  return bad ? "Windows cannot hold the name: rename it in the drive" : undefined;
}

/** Two names with the same result are one to the disk. */
export function foldName(name: string, folding: Folding): string {
  let folded = name;
  if (folding.tail) folded = folded.replace(/[. ]+$/u, "");
  if (folding.form) folded = folded.normalize("NFC");
  // Upper case first: it joins what lower case alone keeps apart, such as ß and ẞ, σ and ς.
  if (folding.case) folded = folded.toUpperCase().toLowerCase();
  return folded;
}

export function folds(folding: Folding): boolean {
  return folding.case || folding.form || folding.tail;
}

/** Tries the disk, in a folder of ours. */
export async function probeFolding(disk: Disk, folder: string): Promise<Folding> {
  const tried = { case: ["probe-a", "PROBE-A"], form: ["probe-\u00e9", "probe-e\u0301"] } as const;
  return {
    case: await isOne(disk, { folder, names: tried.case }),
    form: await isOne(disk, { folder, names: tried.form }),
    tail: await isOne(disk, { folder, names: ["probe-t", "probe-t."] }),
  };
}

async function isOne(
  disk: Disk,
  { folder, names: [first, second] }: { folder: string; names: readonly [string, string] },
): Promise<boolean> {
  await disk.rm(join(folder, first), { force: true });
  await disk.rm(join(folder, second), { force: true });
  await (await disk.open(join(folder, first), "w")).close();
  const isFound = await isThere(disk, join(folder, second));
  await disk.unlink(join(folder, first));
  return isFound;
}

/** Errors by which a disk says that it cannot hold a name. */
export function isNameRefused(error: unknown): boolean {
  return ["EINVAL", "EILSEQ", "ENAMETOOLONG"].includes(codeOf(error));
}

/** What a disk means that answers to a name it cannot hold that nothing is there. */
export function nameRefused(path: string): Error {
  return Object.assign(new Error(`EINVAL: the disk cannot hold the name, ${path}`), {
    code: "EINVAL",
  });
}

export async function isThere(disk: Disk, path: string): Promise<boolean> {
  return disk.lstat(path, { bigint: true }).then(
    () => true,
    () => false,
  );
}
