/** The commits, by day; more are asked for as the end comes into view. */
import { useEffect, useRef } from "react";
import { Button, Loader, Text, Title } from "@mantine/core";
import { sentenceOf } from "../../api/api-error.ts";
import { State } from "../../parts/state.tsx";
import { dayText } from "../../parts/time-text.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { Waiting } from "../../parts/waiting.tsx";
import { useSession } from "../../shell/session.ts";
import classes from "./history.module.css";
import { LogRow } from "./log-row.tsx";
import { useLog, type Log, type LogEntry } from "./use-log.ts";

/** Names come with who is a member; those who were shut out keep theirs. */
const NAMES_MS = 60_000;

export function LogList({ path }: { path: string }) {
  const log = useLog(path);
  const members = useAnswer("members", {}, { everyMs: NAMES_MS });
  const { clock } = useSession();
  const { entries, complete, error } = log;
  if (entries.length === 0 && !complete)
    return (
      <Waiting
        answer={{ error, again: log.more }}
        away="The history is shown again when it is back. Files that are on this machine can be read."
      />
    );
  if (entries.length === 0) return <Empty path={path} />;
  const names = new Map(members.value?.map(({ peer, name }) => [peer, name]));
  return (
    <>
      {byDay(entries, clock.nowMs()).map(({ day, entries }) => (
        <section key={day} aria-label={day}>
          <Title order={2} size="h6" className={classes["day"] ?? ""}>
            {day}
          </Title>
          <ol className={classes["list"]}>
            {entries.map((entry) => (
              <LogRow key={entry.revision} entry={entry} writer={names.get(entry.writer)} />
            ))}
          </ol>
        </section>
      ))}
      <End log={log} />
    </>
  );
}

function Empty({ path }: { path: string }) {
  return path === "/" ? (
    <State
      kind="empty"
      title="Nothing has changed yet"
      text="Every change of the drive will be told here."
    />
  ) : (
    <State
      kind="nothing-found"
      title="Nothing changed in this place"
      text={`No change of ${path} is kept.`}
    />
  );
}

function byDay(
  entries: readonly LogEntry[],
  nowMs: number,
): { day: string; entries: LogEntry[] }[] {
  const days: { day: string; entries: LogEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayText(entry.at, nowMs);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

function End({ log: { complete, error, more } }: { log: Log }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current || complete) return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      rootMargin: "600px",
    });
    seen.observe(mark.current);
    return () => seen.disconnect();
  }, [complete, more]);
  return (
    <div ref={mark} className={classes["end"]}>
      {complete && (
        <Text size="sm" c="dimmed">
          That is all. Older changes are no longer kept.
        </Text>
      )}
      {!complete && error && (
        <>
          <Text size="sm">{sentenceOf(error)}</Text>
          <Button size="compact-sm" variant="default" onClick={more}>
            Try again
          </Button>
        </>
      )}
      {!complete && !error && <Loader size="sm" />}
    </div>
  );
}
