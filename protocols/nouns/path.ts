/**
 * Paths of the drive: absolute, `/`-separated, UTF-8, no trailing slash; the root is `/`.
 * Names keep the bytes the user gave them: no case folding, no Unicode normalization.
 */
import { GoliathError } from "./error.ts";

declare const brand: unique symbol;
/** A checked absolute path such as `/data/genome.fa`. */
export type DrivePath = string & { readonly [brand]: "DrivePath" };

/** Longest name, in bytes of UTF-8: what ext4, APFS and NTFS hold. */
export const NAME_BYTES_MAX = 255;
/** Longest path, in bytes of UTF-8: Linux's PATH_MAX. */
export const PATH_BYTES_MAX = 4096;
/** Deepest nesting of directories. Bounds every walk to the root. */
export const PATH_DEPTH_MAX = 128;

export const ROOT_PATH = "/" as DrivePath;

const CONTROL = /[\u0000-\u001f\u007f]/u;

/** Why `name` cannot be an entry's name, or undefined when it can. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "a name is empty";
  if (name === "." || name === "..") return `a name is ${name}`;
  if (name.includes("/")) return "a name contains /";
  if (CONTROL.test(name)) return "a name contains a control character";
  if (!name.isWellFormed()) return "a name is not valid Unicode";
  if (Buffer.byteLength(name) > NAME_BYTES_MAX)
    return `a name is longer than ${NAME_BYTES_MAX} bytes`;
  return undefined;
}

/** Parses an absolute path. Throws `invalid-path` saying what is wrong with it. */
export function parsePath(text: string): DrivePath {
  if (text === "/") return ROOT_PATH;
  const problem = pathProblem(text);
  if (problem) throw invalidPath(problem, text);
  return text as DrivePath;
}

function invalidPath(problem: string, text: string): GoliathError {
  return new GoliathError("invalid-path", `${problem}: ${JSON.stringify(text.slice(0, 200))}`);
}

function pathProblem(text: string): string | undefined {
  if (!text.startsWith("/")) return "a path must start with /";
  if (Buffer.byteLength(text) > PATH_BYTES_MAX)
    return `a path is longer than ${PATH_BYTES_MAX} bytes`;
  const names = text.slice(1).split("/");
  if (names.length > PATH_DEPTH_MAX) return `a path is deeper than ${PATH_DEPTH_MAX} names`;
  for (const name of names) {
    const problem = nameProblem(name);
    if (problem) return problem;
  }
  return undefined;
}

/** The names from the root down; empty for the root. */
export function namesOf(path: DrivePath): string[] {
  return path === "/" ? [] : path.slice(1).split("/");
}

/** `base` and names below it, each checked. */
export function joinPath(base: DrivePath, ...names: string[]): DrivePath {
  if (names.length === 0) return base;
  for (const name of names) {
    const problem = nameProblem(name);
    if (problem) throw invalidPath(problem, name);
  }
  return parsePath(`${base === "/" ? "" : base}/${names.join("/")}`);
}

/** The directory a path lies in; the root's is the root. */
export function parentOf(path: DrivePath): DrivePath {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? ROOT_PATH : (path.slice(0, slash) as DrivePath);
}

/** The last name of a path; empty for the root. */
export function nameOf(path: DrivePath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether `path` is `base` or lies below it. */
export function isWithin(path: DrivePath, base: DrivePath): boolean {
  return base === "/" || path === base || path.startsWith(`${base}/`);
}
