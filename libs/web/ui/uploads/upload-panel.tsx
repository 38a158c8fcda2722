/** The uploads at the corner of the window: how far they are, and what must be decided. */
import { useState, useSyncExternalStore } from "react";
import { ActionIcon, Button, Checkbox, Progress, Tooltip } from "@mantine/core";
import {
  AlertIcon,
  CheckCircleIcon,
  ChevronDownIcon,
  ChevronUpIcon,
  SyncIcon,
  XIcon,
} from "@primer/octicons-react";
import { byteText, plural } from "../parts/byte-text.ts";
import { EntryIcon } from "../parts/entry-icon.tsx";
import { nameOf } from "../parts/drive-path.ts";
import { useSession } from "../shell/session.ts";
import { isOpen, type OnConflict, type Upload } from "./upload-queue.ts";
import classes from "./upload-panel.module.css";

/** Rows of the list: what asks or moves comes first, the rest is a number. */
const SHOWN_MAX = 50;
const FIRST: Record<Upload["state"], number> = {
  asking: 0,
  failed: 1,
  sending: 2,
  waiting: 3,
  cancelled: 4,
  skipped: 5,
  done: 6,
};

export default function UploadPanel() {
  const { uploads } = useSession();
  const all = useSyncExternalStore(uploads.store.subscribe, uploads.store.get);
  const [small, setSmall] = useState(false);
  if (all.length === 0) return null;
  const open = all.filter(({ state }) => isOpen(state));
  const shown = all.toSorted((a, b) => FIRST[a.state] - FIRST[b.state]).slice(0, SHOWN_MAX);
  return (
    <section className={classes["panel"]} aria-label="Uploads">
      <div className={classes["head"]}>
        <Summary all={all} open={open.length} />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={small ? "Show the uploads" : "Hide the uploads"}
          aria-expanded={!small}
          onClick={() => setSmall(!small)}
        >
          {small ? <ChevronUpIcon /> : <ChevronDownIcon />}
        </ActionIcon>
        <Tooltip label={open.length > 0 ? "Cancel all" : "Close"}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={open.length > 0 ? "Cancel all uploads" : "Close the uploads"}
            onClick={() => (open.length > 0 ? uploads.cancelAll() : uploads.clear())}
          >
            <XIcon />
          </ActionIcon>
        </Tooltip>
      </div>
      {!small && (
        <ul className={classes["list"]}>
          {shown.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
          {all.length > shown.length && (
            <li className={classes["more"]}>and {plural(all.length - shown.length, "other")}</li>
          )}
        </ul>
      )}
    </section>
  );
}

function Summary({ all, open }: { all: readonly Upload[]; open: number }) {
  const total = all.reduce((sum, { size }) => sum + size, 0);
  const sent = all.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  const asking = all.some(({ state }) => state === "asking");
  const failed = all.filter(({ state }) => state === "failed").length;
  const done = all.filter(({ state }) => state === "done").length;
  const text = asking
    ? "A name is taken"
    : open > 0
      ? `Uploading ${plural(open, "file")}`
      : failed > 0
        ? `${plural(failed, "file")} failed`
        : `${plural(done, "file")} uploaded`;
  return (
    <div className={classes["summary"]}>
      <span aria-live="polite">{text}</span>
      {open > 0 && (
        <Progress size="xs" value={total > 0 ? (sent / total) * 100 : 0} aria-label="All uploads" />
      )}
    </div>
  );
}

function UploadRow({ upload }: { upload: Upload }) {
  const { uploads } = useSession();
  const { id, path, size, state, sentBytes, problem } = upload;
  const name = nameOf(path);
  return (
    <li className={classes["row"]}>
      <EntryIcon name={name} kind="file" />
      <div className={classes["what"]}>
        <span className={classes["name"]} title={path}>
          {name}
        </span>
        {state === "sending" && (
          <Progress
            size={3}
            value={size > 0 ? (sentBytes / size) * 100 : 100}
            aria-label={`Upload of ${name}`}
          />
        )}
        <span className={classes["note"]} data-state={state}>
          {noteOf({ state, size, sentBytes, problem })}
        </span>
        {state === "asking" && <Conflict upload={upload} />}
      </div>
      {state === "done" && <CheckCircleIcon className={classes["done"] ?? ""} />}
      {state === "failed" && <AlertIcon className={classes["failed"] ?? ""} />}
      {(state === "failed" || state === "cancelled") && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Try ${name} again`}
          onClick={() => uploads.retry(id)}
        >
          <SyncIcon />
        </ActionIcon>
      )}
      {isOpen(state) && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Cancel ${name}`}
          onClick={() => uploads.cancel(id)}
        >
          <XIcon />
        </ActionIcon>
      )}
    </li>
  );
}

function noteOf({
  state,
  size,
  sentBytes,
  problem,
}: Pick<Upload, "state" | "size" | "sentBytes" | "problem">): string {
  switch (state) {
    case "waiting":
      return "Waiting";
    case "sending":
      return sentBytes < size ? `${byteText(sentBytes)} of ${byteText(size)}` : "Storing…";
    case "asking":
      return "There is something with this name already.";
    case "done":
      return byteText(size);
    case "skipped":
      return "Skipped";
    case "cancelled":
      return "Cancelled";
    case "failed":
      return problem ?? "Failed";
  }
}

const CHOICES: { choice: OnConflict; label: string }[] = [
  { choice: "replace", label: "Replace" },
  { choice: "keep-both", label: "Keep both" },
  { choice: "skip", label: "Skip" },
];

function Conflict({ upload: { id } }: { upload: Upload }) {
  const { uploads } = useSession();
  const [all, setAll] = useState(false);
  return (
    <div className={classes["conflict"]}>
      <div className={classes["choices"]}>
        {CHOICES.map(({ choice, label }) => (
          <Button
            key={choice}
            size="compact-xs"
            variant="default"
            onClick={() => uploads.resolve(id, choice, { all })}
          >
            {label}
          </Button>
        ))}
      </div>
      <Checkbox
        size="xs"
        label="The same for all"
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
    </div>
  );
}
