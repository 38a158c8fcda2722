/** What happened to an entry, newest first, and the way back to each state. */
import { useCallback, useEffect, useState } from "react";
import { Button, Text } from "@mantine/core";
import { sentenceOf } from "../../../api/api-error.ts";
import { byteText, countText, plural } from "../../../parts/byte-text.ts";
import { ConfirmDialog } from "../../../parts/confirm-dialog.tsx";
import { addressOf, nameOf, parentOf } from "../../../parts/drive-path.ts";
import { timeText, wholeTimeText } from "../../../parts/time-text.ts";
import { goTo } from "../../../shell/location.ts";
import { useSession, useWatchedPart } from "../../../shell/session.ts";
import { usePeerNames } from "../../../parts/use-peer-names.ts";
import { pastOfFile, pastOfFolder, type PastEntry } from "./past-of.ts";
import classes from "./details.module.css";

const PAGE = 10;

export interface VersionsProps {
  path: string;
  isFile: boolean;
  /** The revision that is shown; now when undefined. */
  at: number | undefined;
}

export function Versions({ path, isFile, at }: VersionsProps) {
  const { clock } = useSession();
  const { entries, more, error, older } = usePast(path, isFile);
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
              <When timeMs={entry.timeMs} nowMs={clock.nowMs()} />
              <span className={classes["by"]}>{wordsOf(entry, nameOfPeer)}</span>
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

function When({ timeMs, nowMs }: { timeMs: number | undefined; nowMs: number }) {
  if (timeMs === undefined) return <span>Earlier</span>;
  return <span title={wholeTimeText(timeMs)}>{timeText(timeMs, nowMs)}</span>;
}

function wordsOf(
  { revision, writer, size, changes }: PastEntry,
  nameOfPeer: (peer: string) => string,
): string {
  const words = [
    writer === undefined ? "" : nameOfPeer(writer),
    size === undefined ? "" : byteText(size),
    changes === undefined ? "" : plural(changes, "change"),
    `revision ${countText(revision)}`,
  ];
  return words.filter(Boolean).join(" · ");
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

interface Past {
  entries: PastEntry[];
  more: boolean;
  error?: string | undefined;
  older(): void;
}

function usePast(path: string, isFile: boolean): Past {
  const { client } = useSession();
  const revision = useWatchedPart(({ status }) => status?.index.revision);
  const [shown, setShown] = useState(PAGE);
  const [found, setFound] = useState<{ entries: PastEntry[]; error?: string }>({ entries: [] });
  useEffect(() => {
    const stop = new AbortController();
    const past = isFile ? pastOfFile : pastOfFolder;
    // One more tells whether there are older ones.
    past(client, path, { limit: shown + 1, signal: stop.signal }).then(
      (entries) => setFound({ entries }),
      (thrown: unknown) => {
        if (!stop.signal.aborted) setFound((before) => ({ ...before, error: sentenceOf(thrown) }));
      },
    );
    return () => stop.abort();
  }, [client, path, isFile, shown, revision]);
  const older = useCallback(() => setShown((count) => count + PAGE), []);
  const { entries, error } = found;
  return { entries: entries.slice(0, shown), more: entries.length > shown, error, older };
}
