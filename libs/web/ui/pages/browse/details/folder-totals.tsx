/** How much lies below a folder. */
import { byteText, plural } from "../../../parts/byte-text.ts";
import { useCall } from "../../../parts/use-call.ts";
import type { EntryView } from "../../../api/methods.ts";

export interface FolderTotalsProps {
  path: string;
  at: number | undefined;
  entry: EntryView | undefined;
}

export function FolderTotals({ path, at, entry }: FolderTotalsProps) {
  const asked = useCall("resolve", at === undefined ? { path } : { path, at }, {
    skip: entry !== undefined,
  });
  const shown = entry ?? (asked.state === "done" ? asked.result.entry : undefined);
  return (
    <>
      <dt>Size</dt>
      <dd>{shown ? byteText(shown.bytes ?? 0) : "…"}</dd>
      <dt>Holds</dt>
      <dd>{shown ? plural(shown.files ?? 0, "file") : "…"}</dd>
    </>
  );
}
