/** A folder of this machine: by the system's own picker in the desktop app, else by browsing. */
import { useCallback } from "react";
import { Button } from "@mantine/core";
import { FileDirectoryIcon } from "@primer/octicons-react";
import { desktopBridge } from "../../api/desktop.ts";
import { LocalFolderChooser } from "../../parts/local-folder-chooser.tsx";

export interface MachineFolderProps {
  title: string;
  onChoose(local: string): void;
}

export function MachineFolder({ title, onChoose }: MachineFolderProps) {
  const desktop = desktopBridge();
  const choose = useCallback(({ local }: { local: string }) => onChoose(local), [onChoose]);
  if (!desktop) return <LocalFolderChooser onChoose={choose} />;
  const pick = async (): Promise<void> => {
    const local = await desktop.pickFolder({ title });
    if (local !== undefined) onChoose(local);
  };
  return (
    <Button variant="default" leftSection={<FileDirectoryIcon />} onClick={() => void pick()}>
      Choose a folder…
    </Button>
  );
}
