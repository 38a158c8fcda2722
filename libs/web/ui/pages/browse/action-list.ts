/** The actions as menus show them. */
import {
  ArrowRightIcon,
  DownloadIcon,
  FileDirectoryIcon,
  InfoIcon,
  PencilIcon,
  PlusIcon,
  ShareAndroidIcon,
  StopIcon,
  SyncIcon,
  TrashIcon,
  type Icon,
} from "@primer/octicons-react";
import type { FolderAction } from "./actions.ts";

export interface ShownAction {
  action: FolderAction;
  label: string;
  icon: Icon;
  keys?: string;
  danger?: true;
  /** Begins a group. */
  apart?: true;
}

export const ENTRY_ACTIONS: readonly ShownAction[] = [
  { action: "open", label: "Open", icon: FileDirectoryIcon, keys: "Enter" },
  { action: "download", label: "Download", icon: DownloadIcon },
  { action: "details", label: "Details and versions", icon: InfoIcon },
  { action: "rename", label: "Rename", icon: PencilIcon, keys: "F2", apart: true },
  { action: "move", label: "Move…", icon: ArrowRightIcon },
  { action: "mirror", label: "Keep on this machine…", icon: SyncIcon, apart: true },
  { action: "stop-mirror", label: "Stop keeping it here", icon: StopIcon, apart: true },
  { action: "delete", label: "Delete", icon: TrashIcon, keys: "Del", danger: true, apart: true },
];

/** Of the folder itself, with nothing chosen. */
export const PLACE_ACTIONS: readonly ShownAction[] = [
  { action: "new-folder", label: "New folder", icon: PlusIcon },
  { action: "share", label: "Share a folder of this machine…", icon: ShareAndroidIcon },
  { action: "mirror", label: "Keep on this machine…", icon: SyncIcon },
  { action: "stop-mirror", label: "Stop keeping it here", icon: StopIcon },
];
