/** The main process' end of the bridge: each message is of our own window, and says what it may. */
import { isAbsolute } from "node:path";
import { DESKTOP_CHANNELS as CHANNELS } from "@goliath/web/desktop";
import { GoliathError } from "@goliath/protocols/nouns";
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from "electron";
import type { Electron } from "./electron.ts";
import { originOf } from "./guard-window.ts";

/** Text in the title of a picker. */
const TITLE_CHARACTERS_MAX = 200;

export interface ServeBridgeInit {
  electron: Electron;
  window: () => BrowserWindow | undefined;
  /** Of the UI now. */
  origin: () => string;
  /** The window hears links from now on. */
  onListening: () => void;
}

type Sent = IpcMainEvent | IpcMainInvokeEvent;

export function serveBridge({ electron, window, origin, onListening }: ServeBridgeInit): void {
  const { app, dialog, ipcMain, nativeImage, shell } = electron;
  /** A page that is not the UI's, or a frame within it, is answered nothing. */
  const check = ({ senderFrame, sender }: Sent): void => {
    const isMain = senderFrame !== null && senderFrame === sender.mainFrame;
    if (isMain && originOf(senderFrame.url) === origin()) return;
    throw new GoliathError("forbidden", "only the window of Goliath may ask this");
  };
  const answer = (channel: string, work: (event: Sent, value: unknown) => unknown): void =>
    ipcMain.handle(channel, (event, value: unknown) => {
      check(event);
      return work(event, value);
    });
  answer(CHANNELS.pickFolder, async (_event, options) => {
    const { title } = { ...(options as object) } as { title?: unknown };
    const init = {
      title: textOf(title).slice(0, TITLE_CHARACTERS_MAX),
      properties: ["openDirectory" as const, "createDirectory" as const],
    };
    const over = window();
    const { filePaths } = await (over
      ? dialog.showOpenDialog(over, init)
      : dialog.showOpenDialog(init));
    return filePaths[0];
  });
  answer(CHANNELS.showInFolder, (_event, local) => shell.showItemInFolder(absolute(local)));
  answer(CHANNELS.startsAtLogin, () => app.getLoginItemSettings().openAtLogin);
  answer(CHANNELS.setStartsAtLogin, (_event, starts) =>
    app.setLoginItemSettings({ openAtLogin: starts === true, args: [HIDDEN] }),
  );
  ipcMain.on(CHANNELS.dragOut, (event, local: unknown) => {
    check(event);
    const file = absolute(local);
    void app
      .getFileIcon(file)
      .catch(() => nativeImage.createEmpty())
      .then((icon) => event.sender.startDrag({ file, icon }));
  });
  ipcMain.on(CHANNELS.listening, (event) => {
    check(event);
    onListening();
  });
}

/** Among the words of a start: without a window, as at a login. */
export const HIDDEN = "--hidden";

function absolute(value: unknown): string {
  const local = textOf(value);
  if (isAbsolute(local) && !local.includes("\0")) return local;
  throw new GoliathError("bad-request", "not the whole path of a file");
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  throw new GoliathError("bad-request", "not text");
}
