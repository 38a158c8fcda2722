/** Publishes a folder of this machine in the drive: asks which, and under what name. */
import { useCallback, useState } from "react";
import { Text, TextInput } from "@mantine/core";
import { ConfirmDialog } from "../../../parts/confirm-dialog.tsx";
import { joinPath, nameOf, nameProblem } from "../../../parts/drive-path.ts";
import { LocalFolderChooser } from "../../../parts/local-folder-chooser.tsx";
import { useSession } from "../../../shell/session.ts";
import { begun } from "../../../parts/begun.ts";

export function ShareDialog({ path, onClose }: { path: string; onClose(): void }) {
  const { client, notices } = useSession();
  const [local, setLocal] = useState("");
  const [name, setName] = useState("");
  const choose = useCallback((folder: { local: string }) => {
    setLocal(folder.local);
    setName(nameOf(folder.local.replaceAll("\\", "/")));
  }, []);
  const problem = local === "" ? undefined : nameProblem(name);
  return (
    <ConfirmDialog
      title="Share a folder of this machine"
      confirm="Share it"
      onConfirm={async () => {
        if (problem !== undefined) throw new Error(problem);
        const params = { local, path: joinPath(path, name), once: false, confirm: false };
        await begun((options) => client.call("share", params, options));
        notices.done(`“${name}” is being shared. Others see its files as they are read.`);
      }}
      onClose={onClose}
    >
      <Text size="sm" mb="sm">
        The files stay where they are; nothing is copied. Changes you make in the folder are
        published by themselves.
      </Text>
      <LocalFolderChooser onChoose={choose} />
      <TextInput
        mt="sm"
        label={`Its name in ${nameOf(path) || "the drive"}`}
        value={name}
        error={problem}
        spellCheck={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
