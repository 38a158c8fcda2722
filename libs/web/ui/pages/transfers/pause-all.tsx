/** Pauses everything that moves, and lets it go on. */
import { Button } from "@mantine/core";
import { PlayIcon } from "@primer/octicons-react";
import type { PeerStatus } from "../../api/methods.ts";
import { PauseIcon } from "../../parts/pause-icon.tsx";
import { useSession, useWatchedPart } from "../../shell/session.ts";

export function PauseAll() {
  const { client, notices } = useSession();
  const paused = useWatchedPart(({ status }) => isPaused(status));
  if (paused === undefined) return null;
  const act = (): void => {
    client.call(paused ? "resume" : "pause", {}).then(
      () => notices.done(paused ? "Transfers go on." : "All transfers are paused."),
      (error: unknown) => notices.failed("That did not work.", error),
    );
  };
  return (
    <Button variant="default" leftSection={paused ? <PlayIcon /> : <PauseIcon />} onClick={act}>
      {paused ? "Resume all" : "Pause all"}
    </Button>
  );
}

/** Whether all is; undefined where there is nothing to pause. */
function isPaused(status: PeerStatus | undefined): boolean | undefined {
  const all = [...(status?.mirrors ?? []), ...(status?.shares ?? [])];
  return all.length === 0 ? undefined : all.every(({ paused }) => paused);
}
