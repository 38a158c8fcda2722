/** Entries in the form commands print. */
import { chunkCount, type Entry } from "@goliath/protocols/nouns";
import type { EntryView } from "./peer-control.ts";

export function viewOf(name: string, entry: Entry): EntryView {
  const { kind, revision } = entry;
  if (entry.kind === "dir") return { name, kind, revision, bytes: entry.bytes, files: entry.files };
  const { size, mtimeMs, executable, extents, root } = entry;
  return {
    name,
    kind,
    revision,
    size,
    mtimeMs,
    executable,
    chunks: chunkCount(extents),
    root: Buffer.from(root).toString("hex"),
  };
}
