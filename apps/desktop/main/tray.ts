/** The icon beside the clock: how the peer is, and the way back to the window. */
import type { Tray } from "electron";
import type { Electron } from "./electron.ts";
import type { PeerSummary } from "./peer-summary.ts";

export interface OpenTrayInit {
  electron: Electron;
  icon: string;
  onOpen: () => void;
  onQuit: () => void;
}

export interface PeerTray extends Disposable {
  show(summary: PeerSummary): void;
}

export function openTray({ electron, icon, onOpen, onQuit }: OpenTrayInit): PeerTray {
  const { Menu, nativeImage, Tray } = electron;
  const tray: Tray = new Tray(nativeImage.createFromPath(icon));
  let shown = "";
  tray.on("click", onOpen);
  return {
    show: ({ words }) => {
      if (words === shown) return;
      shown = words;
      tray.setToolTip(`Goliath: ${words}`);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: words, enabled: false },
          { type: "separator" },
          { label: "Open Goliath", click: onOpen },
          { label: "Quit", click: onQuit },
        ]),
      );
    },
    [Symbol.dispose]: () => tray.destroy(),
  };
}
