/** What happened to an entry, newest first, and the way back to each state. */
import { useCallback, useEffect, useState } from "react";
import { Button, Text } from "@mantine/core";
import { sentenceOf } from "../../../api/api-error.ts";
import type { Api } from "../../../api/methods.ts";
import { countText } from "../../../parts/byte-text.ts";
import { ConfirmDialog } from "../../../parts/confirm-dialog.tsx";
import { addressOf, nameOf, parentOf } from "../../../parts/drive-path.ts";
import { timeText, wholeTimeText } from "../../../parts/time-text.ts";
import { goTo } from "../../../shell/location.ts";
import { useSession, useWatchedPart } from "../../../shell/session.ts";
import { usePeerNames } from "../../../parts/use-peer-names.ts";
import classes from "./details.module.css";

type LogEntry = Api["log"]["result"][number];

const PAGE = 10;

export interface VersionsProps {
  path: string;
  isFile: boolean;
  /** The revision that is shown; now when undefined. */
  at: number | undefined;
}

export function Versions({ path, isFile, at }: VersionsProps) {
  const { clock } = useSession();
  const { entries, more, error, older } = useLog(path);
  const [restoring, setRestoring] = useState<number>();
  const nameOfPeer = usePeerNames();
  const canRestore = useWatchedPart(
    ({ phase, status }) => phase === "live" && status?.role !== "reader" && status?.index.connected,
  );
  const view = (revision: number): void =>
    goTo(
      isFile
        ? addressOf(parentOf(path), { at: revision, open: nameOf(path) })
        : addressOf(path, { at: revision }),
    );
  return (
    <section className={classes["section"]}>
      <h3>Versions</h3>
      {error !== undefined && (
        <Text size="sm" c="red">
          {error}
        </Text>
      )}
      <ol className={classes["versions"]}>
        {entries.map((entry, index) => (
          <li key={entry.revision} data-current={index === 0 || undefined}>
            <div className={classes["version"]}>
              <span title={wholeTimeText(entry.at)}>{timeText(entry.at, clock.nowMs())}</span>
              <span className={classes["by"]}>
                {nameOfPeer(entry.writer)} · {what(entry)} · revision {countText(entry.revision)}
              </span>
            </div>
            {index === 0 ? (
              <span className={classes["now"]}>Now</span>
            ) : (
              <>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  disabled={at === entry.revision}
                  onClick={() => view(entry.revision)}
                >
                  Look
                </Button>
                {canRestore && path !== "/" && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => setRestoring(entry.revision)}
                  >
                    Restore
                  </Button>
                )}
              </>
            )}
          </li>
        ))}
      </ol>
      {more && (
        <Button size="compact-sm" variant="subtle" onClick={older}>
          Show older
        </Button>
      )}
      {restoring !== undefined && (
        <RestoreDialog
          path={path}
          at={restoring}
          isFile={isFile}
          onClose={() => setRestoring(undefined)}
        />
      )}
    </section>
  );
}

function what({ changes, summary }: LogEntry): string {
  return changes > 1 ? `${countText(changes)} changes` : (summary.split(" ", 1)[0] ?? "change");
}

function RestoreDialog({
  path,
  at,
  isFile,
  onClose,
}: Omit<VersionsProps, "at"> & { at: number; onClose(): void }) {
  const { changes } = useSession();
  return (
    <ConfirmDialog
      title={`Restore “${nameOf(path)}”?`}
      confirm="Restore"
      onConfirm={() => changes.restore(path, at)}
      onClose={onClose}
    >
      {isFile ? "The file" : "All in this folder"} will be as it was at revision {countText(at)}.
      How it is now stays among its versions, and you can undo this.
    </ConfirmDialog>
  );
}

interface Log {
  entries: LogEntry[];
  more: boolean;
  error?: string;
  older(): void;
}

function useLog(path: string): Log {
  const { client } = useSession();
  const revision = useWatchedPart(({ status }) => status?.index.revision);
  const [shown, setShown] = useState(PAGE);
  const [found, setFound] = useState<{ entries: LogEntry[]; error?: string }>({ entries: [] });
  useEffect(() => {
    const stop = new AbortController();
    client.call("log", { path, limit: shown + 1 }, { signal: stop.signal }).then(
      (entries) => setFound({ entries }),
      (thrown: unknown) => {
        if (!stop.signal.aborted) setFound((before) => ({ ...before, error: sentenceOf(thrown) }));
      },
    );
    return () => stop.abort();
  }, [client, path, shown, revision]);
  const older = useCallback(() => setShown((count) => count + PAGE), []);
  const { entries, error } = found;
  return {
    entries: entries.slice(0, shown),
    more: entries.length > shown,
    ...(error !== undefined && { error }),
    older,
  };
}
