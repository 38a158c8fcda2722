/** A folder of this machine that follows one of the drive. */
import { useState } from "react";
import { Button, Text } from "@mantine/core";
import type { Api } from "../../api/methods.ts";
import { countText } from "../../parts/byte-text.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { nameOf } from "../../parts/drive-path.ts";
import { Meter } from "../../parts/meter.tsx";
import { useSession } from "../../shell/session.ts";
import { FolderCard } from "./folder-card.tsx";
import { mirrorState, progressText, type Mirror } from "./folder-state.ts";
import { PauseButton } from "./pause-button.tsx";

export interface MirrorCardProps {
  mirror: Mirror;
  transfer: Api["transfers"]["result"]["mirrors"][number] | undefined;
  /** Whether the index is away, and whether nobody else is online. */
  away: boolean;
  alone: boolean;
}

export function MirrorCard({ mirror, transfer, away, alone }: MirrorCardProps) {
  const [stopping, setStopping] = useState(false);
  const { path, local, bytes, missingBytes, missingFiles, revision, problems } = mirror;
  const rate = transfer?.rate ?? 0;
  const state = mirrorState(mirror, { away, alone, rate });
  return (
    <FolderCard
      path={path}
      local={local}
      state={state}
      problems={problems}
      actions={
        <>
          <PauseButton local={local} path={path} paused={mirror.paused ?? false} />
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Stop keeping it: ${path}`}
            onClick={() => setStopping(true)}
          >
            Stop keeping it
          </Button>
        </>
      }
    >
      {missingFiles > 0 && (
        <Meter
          value={bytes}
          of={bytes + missingBytes}
          label={`How much of ${path} is here`}
          moving={state.tone === "moving"}
        />
      )}
      <Text size="sm">
        {progressText(mirror, rate)}
        <Text span c="dimmed">
          {revision < 0 ? " · never whole yet" : ` · whole as of revision ${countText(revision)}`}
        </Text>
      </Text>
      {stopping && <StopMirror mirror={mirror} onClose={() => setStopping(false)} />}
    </FolderCard>
  );
}

function StopMirror({ mirror: { path, local }, onClose }: { mirror: Mirror; onClose(): void }) {
  const { client, notices } = useSession();
  const name = nameOf(path) || "the drive";
  return (
    <ConfirmDialog
      title={`Stop keeping “${name}” here?`}
      confirm="Stop"
      onConfirm={async () => {
        await client.call("unmirror", { local });
        notices.done(`“${name}” is no longer kept in step. Nothing was deleted.`);
      }}
      onClose={onClose}
    >
      <b>Nothing is deleted.</b> What is in {local} stays there as it is now. Later changes of the
      drive no longer arrive.
    </ConfirmDialog>
  );
}
