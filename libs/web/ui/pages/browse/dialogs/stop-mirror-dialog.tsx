/** Stops keeping a folder in step, and says what stays. */
import { ConfirmDialog } from "../../../parts/confirm-dialog.tsx";
import { nameOf } from "../../../parts/drive-path.ts";
import { useSession, useWatchedPart } from "../../../shell/session.ts";

export function StopMirrorDialog({ path, onClose }: { path: string; onClose(): void }) {
  const { client, notices } = useSession();
  const local = useWatchedPart(
    ({ status }) => status?.mirrors.find((mirror) => mirror.path === path)?.local,
  );
  return (
    <ConfirmDialog
      title={`Stop keeping “${nameOf(path) || "the drive"}” here?`}
      confirm="Stop"
      onConfirm={async () => {
        await client.call("unmirror", { path });
        notices.done(
          `“${nameOf(path) || "The drive"}” is no longer kept in step. Nothing was deleted.`,
        );
      }}
      onClose={onClose}
    >
      Nothing is deleted: {local === undefined ? "the files" : <b>{local}</b>}{" "}
      {local === undefined ? "stay" : "stays"} as it is now. Later changes in the drive no longer
      arrive there.
    </ConfirmDialog>
  );
}
