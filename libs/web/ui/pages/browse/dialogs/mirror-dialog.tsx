/** Keeps a folder of the drive on this machine: asks where. */
import { useCallback, useState } from "react";
import { Text, TextInput } from "@mantine/core";
import { ConfirmDialog } from "../../../parts/confirm-dialog.tsx";
import { nameOf } from "../../../parts/drive-path.ts";
import { LocalFolderChooser } from "../../../parts/local-folder-chooser.tsx";
import { useSession } from "../../../shell/session.ts";
import { begun } from "../../../parts/begun.ts";

export function MirrorDialog({ path, onClose }: { path: string; onClose(): void }) {
  const { client, notices } = useSession();
  const name = nameOf(path) || "Goliath";
  const [local, setLocal] = useState("");
  const choose = useCallback(
    (folder: { local: string }) => setLocal(`${folder.local.replace(/\/$/u, "")}/${name}`),
    [name],
  );
  return (
    <ConfirmDialog
      title={`Keep “${nameOf(path) || "the whole drive"}” on this machine`}
      confirm="Keep it here"
      onConfirm={async () => {
        await begun((options) => client.call("mirror", { path, local, once: false }, options));
        notices.done(`“${name}” is being fetched to ${local}, and kept in step from now on.`);
      }}
      onClose={onClose}
    >
      <Text size="sm" mb="sm">
        Choose where. What is there already and is the same is used; nothing of yours is replaced.
      </Text>
      <LocalFolderChooser onChoose={choose} />
      <TextInput
        mt="sm"
        label="The folder on this machine"
        value={local}
        spellCheck={false}
        onChange={(event) => setLocal(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
