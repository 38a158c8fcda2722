/** Paths of the drive, and the addresses of their pages. */

const BASE = "/drive";

/** The path an address of the drive page is about; undefined where it is none. */
export function pathOfAddress(pathname: string): string | undefined {
  if (pathname !== BASE && !pathname.startsWith(`${BASE}/`)) return undefined;
  try {
    const names = pathname.slice(BASE.length).split("/").filter(Boolean);
    return `/${names.map(decodeURIComponent).join("/")}`;
  } catch {
    return undefined;
  }
}

export interface AddressOptions {
  /** The drive as it was in this revision. */
  at?: number | undefined;
  /** A file of the folder that is shown large. */
  open?: string | undefined;
}

export function addressOf(path: string, { at, open }: AddressOptions = {}): string {
  const query = new URLSearchParams();
  if (at !== undefined) query.set("at", String(at));
  if (open !== undefined) query.set("open", open);
  const text = query.size > 0 ? `?${query}` : "";
  return (
    BASE +
    namesOf(path)
      .map((name) => `/${encodeURIComponent(name)}`)
      .join("") +
    text
  );
}

export function namesOf(path: string): string[] {
  return path.split("/").filter(Boolean);
}

/** Empty for the root. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

export function joinPath(folder: string, ...names: string[]): string {
  return (folder === "/" ? "" : folder) + names.map((name) => `/${name}`).join("") || "/";
}

/** Longest name, in bytes of UTF-8. */
const NAME_BYTES_MAX = 255;

/** Why something cannot be called so, in words for a person; undefined when it can. */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === "") return "Give it a name.";
  if (name === "." || name === "..") return `A name cannot be “${name}”.`;
  if (name.includes("/")) return "A name cannot contain a slash.";
  if (/[\u0000-\u001f\u007f]/u.test(name)) return "A name cannot contain control characters.";
  if (new TextEncoder().encode(name).length > NAME_BYTES_MAX) return "This name is too long.";
  return undefined;
}

/** A name that is not taken: `report (2).pdf`. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let number = 2; ; number++) {
    const tried = `${stem} (${number})${ending}`;
    if (!isTaken(tried)) return tried;
  }
}
