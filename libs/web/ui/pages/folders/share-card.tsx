/** A folder of this machine that others see in the drive. */
import { useState } from "react";
import { Alert, Button, Text } from "@mantine/core";
import { AlertIcon } from "@primer/octicons-react";
import { byteText, countText, plural } from "../../parts/byte-text.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { nameOf } from "../../parts/drive-path.ts";
import { begun } from "../../parts/begun.ts";
import { useSession } from "../../shell/session.ts";
import { FolderCard } from "./folder-card.tsx";
import { shareState, type Share } from "./folder-state.ts";
import classes from "./folders.module.css";
import { PauseButton } from "./pause-button.tsx";
import { Unshare } from "./unshare.tsx";

export function ShareCard({ share }: { share: Share }) {
  const [asking, setAsking] = useState<"unshare" | "confirm">();
  const { path, local, files, bytes, revision, problems, state } = share;
  const close = (): void => setAsking(undefined);
  return (
    <FolderCard
      path={path}
      local={local}
      state={shareState(share)}
      problems={state === "waiting" ? [] : problems}
      actions={
        <>
          <PauseButton local={local} path={path} paused={share.paused ?? false} />
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Stop sharing: ${path}`}
            onClick={() => setAsking("unshare")}
          >
            Stop sharing
          </Button>
        </>
      }
    >
      <Text size="sm">
        {plural(files, "file")} · {byteText(bytes)}
        {revision > 0 && (
          <Text span c="dimmed">{` · last published as revision ${countText(revision)}`}</Text>
        )}
      </Text>
      {state === "waiting" && <Waiting problems={problems} onAnswer={() => setAsking("confirm")} />}
      {asking === "unshare" && <Unshare share={share} onClose={close} />}
      {asking === "confirm" && <ConfirmDeletion share={share} onClose={close} />}
    </FolderCard>
  );
}

function Waiting({ problems, onAnswer }: { problems: string[]; onAnswer(): void }) {
  return (
    <Alert
      className={classes["question"] ?? ""}
      color="yellow"
      variant="light"
      icon={<AlertIcon />}
      title="Much of this folder is gone"
    >
      Goliath has deleted nothing in the drive, for it may be a mistake. Put the files back, or say
      that they may go.
      {problems.map((problem) => (
        <Text key={problem} size="sm" c="dimmed" mt={4}>
          {problem}
        </Text>
      ))}
      <div>
        <Button mt="sm" size="compact-sm" color="red" variant="light" onClick={onAnswer}>
          Delete them in the drive too…
        </Button>
      </div>
    </Alert>
  );
}

function ConfirmDeletion({
  share: { path, local, once },
  onClose,
}: {
  share: Share;
  onClose(): void;
}) {
  const { client, notices } = useSession();
  const name = nameOf(path) || "the drive";
  return (
    <ConfirmDialog
      title={`Delete what is gone from “${name}”?`}
      confirm="Delete in the drive"
      danger
      onConfirm={async () => {
        const params = { local, path, once, confirm: true };
        await begun((options) => client.call("share", params, options));
        notices.done(`What is gone from the folder goes from “${name}” too.`);
      }}
      onClose={onClose}
    >
      What is no longer in {local} is deleted in the drive, for everybody. It can be brought back
      from the history for as long as old versions are kept, if somebody else has it.
    </ConfirmDialog>
  );
}
