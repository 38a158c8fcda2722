/** What is known of the chosen entry, or of the folder itself. */
import { ActionIcon, CloseButton, CopyButton, Tooltip } from "@mantine/core";
import { CheckIcon, CopyIcon } from "@primer/octicons-react";
import type { EntryView } from "../../../api/methods.ts";
import { byteText, countText, plural } from "../../../parts/byte-text.ts";
import { EntryIcon } from "../../../parts/entry-icon.tsx";
import { joinPath, nameOf } from "../../../parts/drive-path.ts";
import { wholeTimeText } from "../../../parts/time-text.ts";
import { Copies } from "./copies.tsx";
import { FolderTotals } from "./folder-totals.tsx";
import { Thumbnail } from "./thumbnail.tsx";
import { Versions } from "./versions.tsx";
import classes from "./details.module.css";

export interface DetailsProps {
  path: string;
  at: number | undefined;
  chosen: readonly EntryView[];
  onClose(): void;
}

export default function Details({ path, at, chosen, onClose }: DetailsProps) {
  const [only] = chosen;
  const several = chosen.length > 1;
  const target = only && !several ? joinPath(path, only.name) : path;
  return (
    <div className={classes["details"]}>
      <header className={classes["head"]}>
        <EntryIcon name={nameOf(target)} kind={several ? "dir" : (only?.kind ?? "dir")} />
        <h2 className={classes["title"]}>
          {several ? plural(chosen.length, "entry", "entries") : nameOf(target) || "Drive"}
        </h2>
        <CloseButton aria-label="Close the details" onClick={onClose} />
      </header>
      {several ? (
        <Several chosen={chosen} />
      ) : (
        <One key={`${target}@${at ?? ""}`} path={target} at={at} entry={only} />
      )}
    </div>
  );
}

function Several({ chosen }: { chosen: readonly EntryView[] }) {
  const bytes = chosen.reduce((sum, { size, bytes: below }) => sum + (size ?? below ?? 0), 0);
  return (
    <dl className={classes["facts"]}>
      <dt>Together</dt>
      <dd>{byteText(bytes)}</dd>
    </dl>
  );
}

interface OneProps {
  path: string;
  at: number | undefined;
  /** Absent for the folder that is shown. */
  entry: EntryView | undefined;
}

function One({ path, at, entry }: OneProps) {
  const isFile = entry?.kind === "file";
  return (
    <>
      {isFile && <Thumbnail path={path} at={at} entry={entry} />}
      <dl className={classes["facts"]}>
        <dt>Path</dt>
        <dd className={classes["path"]}>
          <span>{path}</span>
          <CopyPath path={path} />
        </dd>
        {isFile ? <FileFacts entry={entry} /> : <FolderTotals path={path} at={at} entry={entry} />}
      </dl>
      {at === undefined && <Copies path={path} isFile={isFile} version={entry?.revision} />}
      <Versions path={path} isFile={isFile} at={at} />
    </>
  );
}

function FileFacts({ entry: { size = 0, mtimeMs, revision } }: { entry: EntryView }) {
  return (
    <>
      <dt>Size</dt>
      <dd title={`${countText(size)} bytes`}>{byteText(size)}</dd>
      {mtimeMs !== undefined && (
        <>
          <dt>Modified</dt>
          <dd>{wholeTimeText(mtimeMs)}</dd>
        </>
      )}
      <dt>Revision</dt>
      <dd>{countText(revision)}</dd>
    </>
  );
}

function CopyPath({ path }: { path: string }) {
  return (
    <CopyButton value={path}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : "Copy the path"}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label="Copy the path"
            onClick={copy}
          >
            {copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
