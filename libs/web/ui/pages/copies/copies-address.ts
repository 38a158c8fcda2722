/** Addresses of this page: those of the drive's, under another name. */
import { addressOf, pathOfAddress } from "../../parts/drive-path.ts";

const BASE = "/copies";
const DRIVE = addressOf("/");

export function copiesAddress(path: string): string {
  return BASE + addressOf(path).slice(DRIVE.length);
}

/** The root for an address that is no path. */
export function pathOfCopies(pathname: string): string {
  return pathOfAddress(DRIVE + pathname.slice(BASE.length)) ?? "/";
}
