/** Keeps a folder of the drive on this machine: asks which, and where. */
import { useCallback, useState } from "react";
import { Button, Group, Modal, Stepper, Text, TextInput } from "@mantine/core";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { DriveFolderChooser } from "../../parts/drive-folder-chooser.tsx";
import { nameOf } from "../../parts/drive-path.ts";
import { begun } from "../../parts/begun.ts";
import { useSession } from "../../shell/session.ts";
import { MachineFolder } from "./machine-folder.tsx";

export function NewMirror({ onClose }: { onClose(): void }) {
  const [path, setPath] = useState("/");
  const [chosen, setChosen] = useState(false);
  return chosen ? (
    <Where path={path} onClose={onClose} />
  ) : (
    <Which path={path} onPath={setPath} onChosen={() => setChosen(true)} onClose={onClose} />
  );
}

interface WhichProps {
  path: string;
  onPath(path: string): void;
  onChosen(): void;
  onClose(): void;
}

function Steps({ active }: { active: number }) {
  return (
    <Stepper active={active} size="xs" mb="md">
      <Stepper.Step label="What to keep" />
      <Stepper.Step label="Where" />
    </Stepper>
  );
}

function Which({ path, onPath, onChosen, onClose }: WhichProps) {
  return (
    <Modal opened onClose={onClose} title="Keep a folder here" size="md">
      <Steps active={0} />
      <Text size="sm" mb="xs">
        Go into the folder of the drive that you want to have on this machine.
      </Text>
      <DriveFolderChooser path={path} onChoose={onPath} />
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={onChosen}>
          {path === "/" ? "Take the whole drive" : `Take “${nameOf(path)}”`}
        </Button>
      </Group>
    </Modal>
  );
}

function Where({ path, onClose }: { path: string; onClose(): void }) {
  const { client, notices } = useSession();
  const [local, setLocal] = useState("");
  const name = nameOf(path) || "Goliath";
  const choose = useCallback(
    (folder: string) => setLocal(`${folder.replace(/[/\\]$/u, "")}/${name}`),
    [name],
  );
  return (
    <ConfirmDialog
      title={`Where should “${nameOf(path) || "the drive"}” be?`}
      confirm="Keep it here"
      onConfirm={async () => {
        await begun((options) => client.call("mirror", { path, local, once: false }, options));
        notices.done(`“${name}” is being fetched. It is kept in step from now on.`);
      }}
      onClose={onClose}
    >
      <Steps active={1} />
      <MachineFolder title="Where to keep it" onChoose={choose} />
      <TextInput
        mt="sm"
        label="The folder on this machine"
        value={local}
        spellCheck={false}
        onChange={(event) => setLocal(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed" mt="sm">
        It is made if it is not there. If it has files already, those that are the same are used.
        Yours are never replaced or deleted: where a name is taken by a file of yours, you are told.
      </Text>
    </ConfirmDialog>
  );
}
