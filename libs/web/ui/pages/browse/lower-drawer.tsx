/** What stands beside the list on wide screens, over its lower part on narrow ones. */
import type { ReactNode } from "react";
import { Drawer } from "@mantine/core";

export default function LowerDrawer({
  onClose,
  children,
}: {
  onClose(): void;
  children: ReactNode;
}) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="80%"
      withCloseButton={false}
      aria-label="Details"
    >
      {children}
    </Drawer>
  );
}
