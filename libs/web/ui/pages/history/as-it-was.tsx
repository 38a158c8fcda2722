/** "The drive as it was on …": a time becomes a revision, which the drive's page shows. */
import { useState, type FormEvent } from "react";
import { Button, TextInput } from "@mantine/core";
import { HistoryIcon } from "@primer/octicons-react";
import { sentenceOf } from "../../api/api-error.ts";
import { addressOf } from "../../parts/drive-path.ts";
import { goTo } from "../../shell/location.ts";
import { useSession } from "../../shell/session.ts";
import classes from "./history.module.css";

export function AsItWas({ path }: { path: string }) {
  const { client, clock } = useSession();
  const [time, setTime] = useState(() => fieldText(clock.nowMs()));
  const [error, setError] = useState<string>();
  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // Without a zone it is of this machine's, as the field shows it; the whole minute counts.
    const timeMs = new Date(`${time}:59.999`).getTime();
    if (Number.isNaN(timeMs)) return setError("Choose a day and a time.");
    try {
      const { revision } = await client.call("at", { timeMs: Math.min(timeMs, clock.nowMs()) });
      goTo(addressOf(path, { at: revision }));
    } catch (thrown) {
      setError(sentenceOf(thrown));
    }
  };
  return (
    <form className={classes["filter"]} onSubmit={(event) => void open(event)}>
      <TextInput
        type="datetime-local"
        label={path === "/" ? "The drive as it was on" : "This folder as it was on"}
        value={time}
        max={fieldText(clock.nowMs())}
        error={error}
        onChange={(event) => {
          setTime(event.currentTarget.value);
          setError(undefined);
        }}
      />
      <Button type="submit" variant="default" leftSection={<HistoryIcon />}>
        Look
      </Button>
    </form>
  );
}

/** As the field wants it: `2026-05-12T14:03`, of this machine's time. */
function fieldText(timeMs: number): string {
  const date = new Date(timeMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
