/** The common shape of a mirror and a share: where it is in the drive and on this machine, and how it does. */
import type { ReactNode } from "react";
import { ActionIcon, Text, Tooltip } from "@mantine/core";
import {
  AlertIcon,
  CheckCircleIcon,
  FileDirectoryFillIcon,
  FileDirectoryOpenFillIcon,
  ClockIcon,
  SyncIcon,
} from "@primer/octicons-react";
import { desktopBridge } from "../../api/desktop.ts";
import { addressOf } from "../../parts/drive-path.ts";
import { Link } from "../../shell/link.tsx";
import type { FolderState } from "./folder-state.ts";
import classes from "./folders.module.css";

const ICONS = { good: CheckCircleIcon, moving: SyncIcon, wait: ClockIcon, bad: AlertIcon } as const;

export interface FolderCardProps {
  path: string;
  local: string;
  state: FolderState;
  problems: readonly string[];
  /** Buttons. */
  actions: ReactNode;
  children: ReactNode;
}

export function FolderCard({ path, local, state, problems, actions, children }: FolderCardProps) {
  return (
    <li className={classes["card"]}>
      <div className={classes["cardHead"]}>
        <FileDirectoryFillIcon size={20} className={classes["folderIcon"] ?? ""} />
        <div className={classes["names"]}>
          <Link className={classes["path"]} href={addressOf(path)}>
            {path === "/" ? "The whole drive" : path}
          </Link>
          <LocalFolder local={local} />
        </div>
        <StateBadge state={state} />
      </div>
      {children}
      {state.text !== undefined && (
        <Text size="sm" c="dimmed">
          {state.text}
        </Text>
      )}
      <Problems problems={problems} />
      <div className={classes["actions"]}>{actions}</div>
    </li>
  );
}

function LocalFolder({ local }: { local: string }) {
  const desktop = desktopBridge();
  return (
    <span className={classes["local"]}>
      <span>{local}</span>
      {desktop && (
        <Tooltip label="Show it">
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`Show ${local}`}
            onClick={() => void desktop.showInFolder(local)}
          >
            <FileDirectoryOpenFillIcon size={12} />
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  );
}

function StateBadge({ state: { tone, word } }: { state: FolderState }) {
  const Icon = ICONS[tone];
  return (
    <span className={classes["badge"]} data-tone={tone}>
      <Icon size={14} /> {word}
    </span>
  );
}

function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes["problems"]} aria-label="Problems">
      {problems.map((problem) => (
        <li key={problem}>
          <AlertIcon size={14} />
          <span>{sentence(problem)}</span>
        </li>
      ))}
    </ul>
  );
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/u.test(begun) ? begun : `${begun}.`;
}
