/** The navigation of narrow screens, over the page. */
import { Drawer } from "@mantine/core";
import { Navigation } from "./navigation.tsx";

export default function NavigationDrawer({ onClose }: { onClose(): void }) {
  return (
    <Drawer opened onClose={onClose} title="Goliath" size="16rem">
      <Navigation onGo={onClose} />
    </Drawer>
  );
}
