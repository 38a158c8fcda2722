/** Says above the page what does not work now, and why. */
import { Button } from "@mantine/core";
import { CloudOfflineIcon } from "@primer/octicons-react";
import classes from "./shell.module.css";
import { useSession, useWatchedPart } from "./session.ts";

export function Banner() {
  const { watch } = useSession();
  const phase = useWatchedPart((watched) => watched.phase);
  const connected = useWatchedPart(({ status }) => status?.index.connected ?? true);
  if (phase === "away")
    return (
      <div className={classes["banner"]} data-tone="bad" role="alert">
        <CloudOfflineIcon />
        <span>
          <b>Goliath does not answer.</b> What you see may be old. This page tries again by itself.
        </span>
        <Button size="compact-sm" variant="default" onClick={() => watch.retry()}>
          Try now
        </Button>
      </div>
    );
  if (connected) return null;
  return (
    <div className={classes["banner"]} data-tone="wait" role="status">
      <CloudOfflineIcon />
      <span>
        <b>The drive’s index is away.</b> What is on this machine stays readable. Changes are
        possible again when it is back.
      </span>
    </div>
  );
}
