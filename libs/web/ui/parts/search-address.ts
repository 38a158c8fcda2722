/** Addresses of a search, and of what was found. */
import type { FoundEntry } from "../api/methods.ts";
import { addressOf, nameOf, parentOf } from "./drive-path.ts";

export function searchAddress(text: string): string {
  return text === "" ? "/search" : `/search?${new URLSearchParams({ q: text })}`;
}

/** A folder is gone into; a file is shown in its folder. */
export function foundAddress({ path, kind }: FoundEntry): string {
  return kind === "dir" ? addressOf(path) : addressOf(parentOf(path), { open: nameOf(path) });
}
