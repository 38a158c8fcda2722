/** Whether folders lie in one another: two of a peer's roots never may. */
import { sep } from "node:path";

/** Whether an absolute path is the folder or lies in it. */
export function isInFolder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

export function foldersOverlap(a: string, b: string): boolean {
  return isInFolder(a, b) || isInFolder(b, a);
}
