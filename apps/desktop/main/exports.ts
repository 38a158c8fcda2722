/** What the tests run: the app without Electron. */
export type { BrowserWindowConstructorOptions as WindowOptions, Rectangle } from "electron";
export type { Electron } from "./electron.ts";
export { runDesktop, type DesktopInit } from "./run-desktop.ts";
