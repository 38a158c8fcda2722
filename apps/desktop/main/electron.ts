/** What of Electron the app uses: passed in, so that a stand-in can take its place. */
import type * as ElectronModule from "electron";

export type Electron = Pick<
  typeof ElectronModule,
  | "app"
  | "BrowserWindow"
  | "dialog"
  | "ipcMain"
  | "Menu"
  | "nativeImage"
  | "Notification"
  | "screen"
  | "session"
  | "shell"
  | "Tray"
>;
