/** A small look at a picture. */
import { useState } from "react";
import type { EntryView } from "../../../api/methods.ts";
import { fileKind } from "../../../parts/file-kind.ts";
import { useTicket } from "../../../preview/use-ticket.ts";
import classes from "./details.module.css";

/** A larger picture is fetched only when it is opened. */
const BYTES_MAX = 20_000_000;

export interface ThumbnailProps {
  path: string;
  at: number | undefined;
  entry: EntryView;
}

export function Thumbnail({ path, at, entry }: ThumbnailProps) {
  if (fileKind(entry.name) !== "picture" || (entry.size ?? 0) > BYTES_MAX) return null;
  return <Picture path={path} at={at} entry={entry} />;
}

function Picture({ path, at, entry }: ThumbnailProps) {
  const ticket = useTicket(at === undefined ? { path } : { path, at }, entry.revision);
  const [broken, setBroken] = useState(false);
  return (
    <div className={classes["thumbnail"]}>
      {ticket && "url" in ticket && !broken && (
        <img src={ticket.url} alt="" onError={() => setBroken(true)} />
      )}
    </div>
  );
}
