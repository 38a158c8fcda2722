/** Ends a share, and says before what the drive may lose, and after what it hangs on. */
import { Alert, Loader, Text } from "@mantine/core";
import { AlertIcon } from "@primer/octicons-react";
import { byteText, plural } from "../../parts/byte-text.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { nameOf } from "../../parts/drive-path.ts";
import { useAnswer } from "../../parts/use-answer.ts";
import { useSession } from "../../shell/session.ts";
import type { Share } from "./folder-state.ts";

export function Unshare({ share: { path, local }, onClose }: { share: Share; onClose(): void }) {
  const { client, notices } = useSession();
  const name = nameOf(path) || "the drive";
  const stop = async (): Promise<void> => {
    const { onlyHere } = await client.call("unshare", { local });
    const { files, bytes, complete } = onlyHere;
    const lost = `${complete ? "" : "At least "}${plural(files, "file")} (${byteText(bytes)})`;
    notices.done(
      files === 0
        ? `“${name}” is no longer shared. Others have all of it.`
        : `“${name}” is no longer shared. ${lost} only this machine has: keep them here until somebody has fetched them.`,
    );
  };
  return (
    <ConfirmDialog
      title={`Stop sharing “${name}”?`}
      confirm="Stop sharing"
      danger
      onConfirm={stop}
      onClose={onClose}
    >
      <Text size="sm">
        The files stay on this machine and their names in the drive. What you change in the folder
        from now on no longer reaches the others.
      </Text>
      <WhatIsLost path={path} />
    </ConfirmDialog>
  );
}

function WhatIsLost({ path }: { path: string }) {
  const copies = useAnswer("copies", { path });
  if (copies.error)
    return (
      <Text size="sm" mt="sm">
        Who else has these files is not known now. If nobody has, the drive loses them when they
        change here or this machine is off.
      </Text>
    );
  if (!copies.value)
    return (
      <Text size="sm" c="dimmed" mt="sm" role="status">
        <Loader size={12} /> Looking who else has these files…
      </Text>
    );
  if (copies.value.chunks === 0) return null;
  if (copies.value.fewest > 1)
    return (
      <Text size="sm" mt="sm">
        Nothing is lost: others have all of it.
      </Text>
    );
  return (
    <Alert
      mt="sm"
      color="red"
      variant="light"
      icon={<AlertIcon />}
      title="The drive may lose files"
    >
      {copies.value.holders.length > 1
        ? "Some of these files only this machine has."
        : "Only this machine has these files."}{" "}
      Once they change or go here, nobody can read them any more.
    </Alert>
  );
}
