/** Pauses everything that moves, and lets it go on. */
import { Button } from "@mantine/core";
import { PlayIcon } from "@primer/octicons-react";
import { PauseIcon } from "../../parts/pause-icon.tsx";
import { useSession, useWatchedPart } from "../../shell/session.ts";

export function PauseAll() {
  const { client, notices } = useSession();
  const paused = useWatchedPart(({ status }) => isPaused(status?.transfers));
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

/** Undefined of a peer that cannot pause. */
function isPaused(transfers: object | undefined): boolean | undefined {
  return transfers && "paused" in transfers ? transfers.paused === true : undefined;
}
