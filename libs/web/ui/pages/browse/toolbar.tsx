/** What can be done here, above the list. */
import { useRef } from "react";
import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import {
  DownloadIcon,
  KebabHorizontalIcon,
  PlusIcon,
  SidebarExpandIcon,
  TrashIcon,
  UploadIcon,
  type Icon,
} from "@primer/octicons-react";
import { useSession } from "../../shell/session.ts";
import { ENTRY_ACTIONS, PLACE_ACTIONS } from "./action-list.ts";
import { ActionItems } from "./action-menu.tsx";
import type { FolderAction } from "./actions.ts";
import classes from "./browse.module.css";

export interface ToolbarProps {
  path: string;
  /** How many entries are chosen. */
  chosen: number;
  actions: ReadonlySet<FolderAction>;
  onAction(action: FolderAction): void;
  details: boolean;
  onDetails(shown: boolean): void;
}

export function Toolbar({ path, chosen, actions, onAction, details, onDetails }: ToolbarProps) {
  const quick = (action: FolderAction, label: string, Sign: Icon) =>
    actions.has(action) && (
      <Tooltip label={label}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={label}
          onClick={() => onAction(action)}
        >
          <Sign />
        </ActionIcon>
      </Tooltip>
    );
  return (
    <div className={classes["tools"]} role="toolbar" aria-label="What can be done">
      {chosen > 0 && <span className={classes["chosen"]}>{chosen} chosen</span>}
      {quick("download", "Download", DownloadIcon)}
      {quick("delete", "Delete", TrashIcon)}
      {chosen === 0 && quick("new-folder", "New folder", PlusIcon)}
      {actions.has("upload") && <UploadButton path={path} />}
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="More">
            <KebabHorizontalIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ActionItems
            shown={chosen > 0 ? ENTRY_ACTIONS : PLACE_ACTIONS}
            actions={actions}
            onAction={onAction}
          />
        </Menu.Dropdown>
      </Menu>
      <Tooltip label="Details and versions">
        <ActionIcon
          variant={details ? "light" : "subtle"}
          color={details ? undefined : "gray"}
          size="lg"
          aria-label="Details and versions"
          aria-pressed={details}
          onClick={() => onDetails(!details)}
        >
          <SidebarExpandIcon />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function UploadButton({ path }: { path: string }) {
  const { uploads } = useSession();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement): void => {
    const picked = [...(input.files ?? [])].map((file) => ({
      file,
      names: (file.webkitRelativePath || file.name).split("/"),
    }));
    input.value = "";
    uploads.add(path, picked);
  };
  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <Button size="xs" className={classes["upload"] ?? ""} aria-label="Upload">
            <UploadIcon />
            <span className={classes["uploadWord"]}>Upload</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => files.current?.click()}>Files…</Menu.Item>
          <Menu.Item onClick={() => folder.current?.click()}>A folder…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={(input) => {
          folder.current = input;
          // Not among the attributes React knows.
          input?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        hidden
        aria-label="Folder to upload"
        onChange={(event) => take(event.currentTarget)}
      />
    </>
  );
}
