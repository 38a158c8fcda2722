/** The menu under the pointer, or under the keyboard's row. */
import { Menu, Text } from "@mantine/core";
import type { FolderAction } from "./actions.ts";
import type { ShownAction } from "./action-list.ts";

export interface ActionItemsProps {
  shown: readonly ShownAction[];
  actions: ReadonlySet<FolderAction>;
  onAction(action: FolderAction): void;
}

export function ActionItems({ shown, actions, onAction }: ActionItemsProps) {
  return shown
    .filter(({ action }) => actions.has(action))
    .map(({ action, label, icon: Icon, keys, danger, apart }, at) => (
      <div key={action} role="none">
        {apart && at > 0 && <Menu.Divider />}
        <Menu.Item
          leftSection={<Icon />}
          color={danger ? "red" : undefined}
          rightSection={
            keys && (
              <Text size="xs" c="dimmed">
                {keys}
              </Text>
            )
          }
          onClick={() => onAction(action)}
        >
          {label}
        </Menu.Item>
      </div>
    ));
}

export interface ActionMenuProps extends ActionItemsProps {
  at: { x: number; y: number } | undefined;
  onClose(): void;
}

export function ActionMenu({ at, onClose, ...items }: ActionMenuProps) {
  return (
    <Menu
      opened={at !== undefined}
      onChange={(opened) => !opened && onClose()}
      position="bottom-start"
      width={240}
    >
      <Menu.Target>
        <span aria-hidden style={{ position: "fixed", left: at?.x ?? 0, top: at?.y ?? 0 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <ActionItems {...items} />
      </Menu.Dropdown>
    </Menu>
  );
}
