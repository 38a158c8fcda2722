/** A file over the whole window, with the way to its neighbours. */
import { useEffect } from "react";
import { ActionIcon, Modal, Text, Tooltip } from "@mantine/core";
import { ChevronLeftIcon, ChevronRightIcon, DownloadIcon, XIcon } from "@primer/octicons-react";
import { byteText } from "../parts/byte-text.ts";
import { EntryIcon } from "../parts/entry-icon.tsx";
import { nameOf } from "../parts/drive-path.ts";
import { download } from "../parts/download.ts";
import { useSession } from "../shell/session.ts";
import { FilePreview } from "./file-preview.tsx";
import classes from "./preview.module.css";

export interface ViewerProps {
  path: string;
  at?: number | undefined;
  size: number;
  version: number;
  onClose(): void;
  /** Goes to a neighbour; absent where there is none. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}

export default function Viewer({
  path,
  at,
  size,
  version,
  onClose,
  onPrevious,
  onNext,
}: ViewerProps) {
  const session = useSession();
  const save = (): void => void download(session, [{ path, at }]);
  useArrows(onPrevious, onNext);
  const name = nameOf(path);
  return (
    <Modal.Root opened fullScreen onClose={onClose} transitionProps={{ duration: 0 }}>
      <Modal.Content className={classes["viewer"] ?? ""} aria-label={name}>
        <header className={classes["head"]}>
          <EntryIcon name={name} kind="file" />
          <Modal.Title className={classes["title"] ?? ""}>{name}</Modal.Title>
          <Text size="xs" c="dimmed" className={classes["size"] ?? ""}>
            {byteText(size)}
          </Text>
          <Step label="Previous file" go={onPrevious} Sign={ChevronLeftIcon} />
          <Step label="Next file" go={onNext} Sign={ChevronRightIcon} />
          <Tooltip label="Download">
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label="Download"
              onClick={save}
            >
              <DownloadIcon />
            </ActionIcon>
          </Tooltip>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Close" onClick={onClose}>
            <XIcon />
          </ActionIcon>
        </header>
        <div className={classes["stage"]}>
          <FilePreview
            key={path}
            path={path}
            at={at}
            size={size}
            version={version}
            onDownload={save}
          />
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

interface StepProps {
  label: string;
  go: (() => void) | undefined;
  Sign: typeof ChevronLeftIcon;
}

function Step({ label, go, Sign }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        disabled={!go}
        onClick={go}
      >
        <Sign />
      </ActionIcon>
    </Tooltip>
  );
}

/** Left and right, unless something that is played has the focus and takes them itself. */
function useArrows(onPrevious: (() => void) | undefined, onNext: (() => void) | undefined): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLMediaElement || event.altKey || event.ctrlKey) return;
      if (event.key === "ArrowLeft") onPrevious?.();
      if (event.key === "ArrowRight") onNext?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [onPrevious, onNext]);
}
