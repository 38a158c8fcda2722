/** Publishes a folder of this machine in the drive: asks which, and where others see it. */
import { useCallback, useState } from "react";
import { Text, TextInput } from "@mantine/core";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { joinPath, nameOf, nameProblem } from "../../parts/drive-path.ts";
import { begun } from "../../parts/begun.ts";
import { useSession } from "../../shell/session.ts";
import { MachineFolder } from "./machine-folder.tsx";

export function NewShare({ onClose }: { onClose(): void }) {
  const { client, notices } = useSession();
  const [local, setLocal] = useState("");
  const [path, setPath] = useState("");
  const choose = useCallback((folder: string) => {
    setLocal(folder);
    setPath(joinPath("/", nameOf(folder.replaceAll("\\", "/"))));
  }, []);
  const problem = local === "" ? undefined : pathProblem(path);
  return (
    <ConfirmDialog
      title="Share a folder"
      confirm="Share it"
      onConfirm={async () => {
        if (problem !== undefined) throw new Error(problem);
        const params = { local, path, once: false, confirm: false };
        await begun((options) => client.call("share", params, options));
        notices.done(`“${nameOf(path)}” is being shared. Others see its files as they are read.`);
      }}
      onClose={onClose}
    >
      <Text size="sm" mb="sm">
        The files stay where they are; nothing is copied. What you change in the folder is published
        by itself, and only from here.
      </Text>
      <MachineFolder title="The folder to share" onChoose={choose} />
      <TextInput
        mt="sm"
        label="The folder on this machine"
        value={local}
        spellCheck={false}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <TextInput
        mt="sm"
        label="Where others see it in the drive"
        value={path}
        error={problem}
        spellCheck={false}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

function pathProblem(path: string): string | undefined {
  if (!path.startsWith("/")) return "Begin with a slash: /photos.";
  const [first, ...more] = path.slice(1).split("/").map(nameProblem);
  return first ?? more.find((problem) => problem !== undefined);
}
