/** When two versions of a file are the same. */
import { equalBytes } from "@goliath/protocols/nouns";
import type { Content } from "../store/index-store.ts";

/** Whether two contents are one and the same, down to the chunk ids. */
export function sameContent(a: Content, b: Content): boolean {
  if (a.kind === "dir" || b.kind === "dir") {
    return a.kind === "dir" && b.kind === "dir" && a.dir === b.dir;
  }
  const same =
    a.size === b.size &&
    a.mtimeMs === b.mtimeMs &&
    a.executable === b.executable &&
    a.extents.length === b.extents.length &&
    equalBytes(a.root, b.root);
  if (!same) return false;
  return a.extents.every((extent, index) => {
    const other = b.extents[index];
    return (
      extent.first === other?.first && extent.count === other.count && extent.bytes === other.bytes
    );
  });
}
