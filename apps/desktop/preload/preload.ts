/** Runs before the UI, isolated from it, and gives it the bridge and nothing else. */
import { contextBridge, ipcRenderer } from "electron";
import {
  DESKTOP_BRIDGE,
  DESKTOP_CHANNELS as CHANNELS,
  type DesktopBridge,
} from "@goliath/web/desktop";

const bridge: DesktopBridge = {
  platform: process.platform,
  pickFolder: (options) => ipcRenderer.invoke(CHANNELS.pickFolder, options),
  showInFolder: (local) => ipcRenderer.invoke(CHANNELS.showInFolder, local),
  dragOut: (local) => ipcRenderer.send(CHANNELS.dragOut, local),
  startsAtLogin: () => ipcRenderer.invoke(CHANNELS.startsAtLogin),
  setStartsAtLogin: (starts) => ipcRenderer.invoke(CHANNELS.setStartsAtLogin, starts),
  onLink: (listener) => {
    // The event of Electron stays here: it would hand the window the whole of ipcRenderer.
    const heard = (_event: unknown, link: string): void => listener(link);
    ipcRenderer.on(CHANNELS.link, heard);
    ipcRenderer.send(CHANNELS.listening);
    return () => void ipcRenderer.removeListener(CHANNELS.link, heard);
  },
};

contextBridge.exposeInMainWorld(DESKTOP_BRIDGE, bridge);
