/** A file over the whole window, with the way to its neighbours. */
import { useEffect } from "react";
import { ActionIcon, FocusTrap, Portal, Text, Tooltip } from "@mantine/core";
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
  useKeys({ onPrevious, onNext, onClose });
  const name = nameOf(path);
  return (
    <Portal>
      <FocusTrap active>
        <div className={classes["viewer"]} role="dialog" aria-modal aria-label={name}>
          <div className={classes["head"]}>
            <EntryIcon name={name} kind="file" />
            <h2 className={classes["title"]}>{name}</h2>
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
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label="Close"
              onClick={onClose}
            >
              <XIcon />
            </ActionIcon>
          </div>
          {/* Without a target of its own the focus would ring the first button. */}
          <div className={classes["stage"]} data-autofocus tabIndex={-1}>
            <FilePreview
              key={path}
              path={path}
              at={at}
              size={size}
              version={version}
              onDownload={save}
            />
          </div>
        </div>
      </FocusTrap>
    </Portal>
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

/** Left, right and Escape; what is played takes the arrows itself while it has the focus. */
function useKeys({
  onPrevious,
  onNext,
  onClose,
}: Pick<ViewerProps, "onPrevious" | "onNext" | "onClose">): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey) return;
      if (event.key === "Escape") onClose();
      if (event.target instanceof HTMLMediaElement) return;
      if (event.key === "ArrowLeft") onPrevious?.();
      if (event.key === "ArrowRight") onNext?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [onPrevious, onNext, onClose]);
}
