/** One commit: what, by whom, when, and the drive as it was then. */
import { Text } from "@mantine/core";
import { countText } from "../../parts/byte-text.ts";
import { addressOf, parentOf } from "../../parts/drive-path.ts";
import { shortId } from "../../parts/peer-name.tsx";
import { clockText, wholeTimeText } from "../../parts/time-text.ts";
import { Link } from "../../shell/link.tsx";
import { changeText } from "./change-text.ts";
import classes from "./history.module.css";
import type { LogEntry } from "./use-log.ts";

export function LogRow({ entry, writer }: { entry: LogEntry; writer: string | undefined }) {
  const { revision, at, note } = entry;
  const { verb, path, stands, rest } = changeText(entry);
  return (
    <li className={classes["row"]}>
      <time
        dateTime={new Date(at).toISOString()}
        title={wholeTimeText(at)}
        className={classes["time"]}
      >
        {clockText(at)}
      </time>
      <div className={classes["what"]}>
        <div>
          {verb} {path !== undefined && <PathAt path={path} at={revision} stands={stands} />}{" "}
          {rest !== undefined && <span className={classes["dim"]}>{rest}</span>}
        </div>
        {note !== "" && (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        )}
        <div className={classes["by"]}>
          {writer || shortId(entry.writer)} · revision {countText(revision)}
        </div>
      </div>
      <Link
        href={addressOf("/", { at: revision })}
        className={classes["look"]}
        aria-label={`As it was at revision ${countText(revision)}`}
      >
        As it was
      </Link>
    </li>
  );
}

/** Leads to where it stood then; what was deleted or moved away is shown by its folder before. */
function PathAt({ path, at, stands }: { path: string; at: number; stands: boolean }) {
  if (path.endsWith("…")) return <b className={classes["path"]}>{path}</b>;
  const address = addressOf(parentOf(path), { at: stands ? at : at - 1 });
  return (
    <Link href={address} className={classes["path"]}>
      {path}
    </Link>
  );
}
