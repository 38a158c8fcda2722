/** Pauses a mirror or a share, and lets it go on. */
import { Button } from "@mantine/core";
import { PlayIcon } from "@primer/octicons-react";
import { PauseIcon } from "../../parts/pause-icon.tsx";
import { useSession } from "../../shell/session.ts";

export function PauseButton({
  local,
  path,
  paused,
}: {
  local: string;
  path: string;
  paused: boolean;
}) {
  const { client, notices } = useSession();
  const act = (): void => {
    client
      .call(paused ? "resume" : "pause", { local })
      .catch((error: unknown) => notices.failed(paused ? "It goes not on." : "It goes on.", error));
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`${paused ? "Resume" : "Pause"} ${path}`}
      leftSection={paused ? <PlayIcon size={14} /> : <PauseIcon size={14} />}
      onClick={act}
    >
      {paused ? "Resume" : "Pause"}
    </Button>
  );
}
