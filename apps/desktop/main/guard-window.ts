/**
 * What keeps the window the UI's own: it stays on the peer's address, opens no other, loads
 * nothing into itself, and is granted nothing (Electron's security checklist, items 4 to 20).
 */
import type { BrowserWindow, Session, WebPreferences } from "electron";
import type { Electron } from "./electron.ts";

/** No Node in the page, its script apart from the preload's, the system's sandbox around both. */
export const WINDOW_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences;

/** What the UI may ask for: it writes an invite to the clipboard, and shows a film in full. */
const GRANTED: readonly string[] = ["clipboard-sanitized-write", "fullscreen"];

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(GRANTED.includes(permission)),
  );
  session.setPermissionCheckHandler((_contents, permission) => GRANTED.includes(permission));
}

/** `origin` is asked for each time: the peer may come back at another port. */
export function guardWindow(
  { webContents }: BrowserWindow,
  { shell, origin }: { shell: Electron["shell"]; origin: () => string },
): void {
  webContents.on("will-navigate", (event) => {
    if (originOf(event.url) !== origin()) event.preventDefault();
  });
  webContents.on("will-redirect", (event) => {
    if (originOf(event.url) !== origin()) event.preventDefault();
  });
  webContents.on("will-attach-webview", (event) => event.preventDefault());
  webContents.setWindowOpenHandler(({ url }) => {
    // A link in somebody's text file: the user's browser is where it belongs.
    if (isWeb(url) && originOf(url) !== origin()) void shell.openExternal(url);
    return { action: "deny" };
  });
}

/** The origin of an address; empty for what has none. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "";
}

function isWeb(url: string): boolean {
  return URL.canParse(url) && ["https:", "http:"].includes(new URL(url).protocol);
}
