/**
 * What the desktop app's window can do beyond a browser: `window.goliathDesktop` of the UI, which
 * does without where it is absent. Each call crosses to the main process, which checks who asks.
 */
export interface DesktopBridge {
  /** As Node names them: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** The system's own picker; undefined when it was left without a choice. */
  pickFolder(options: { title: string }): Promise<string | undefined>;
  /** Opens the system's file manager at a file or folder of this machine. */
  showInFolder(local: string): Promise<void>;
  /** Carries a file of this machine out of the window; called while a drag starts. */
  dragOut(local: string): void;
  startsAtLogin(): Promise<boolean>;
  setStartsAtLogin(starts: boolean): Promise<void>;
  /**
   * Told of each `goliath:` link that was opened, also of one that started the app. Returns what
   * ends that.
   */
  onLink(listener: (link: string) => void): () => void;
}

/** The name of the bridge in the window. */
export const DESKTOP_BRIDGE = "goliathDesktop";

/** The messages below it, by what they ask of the main process. */
export const DESKTOP_CHANNELS = {
  pickFolder: "goliath:pick-folder",
  showInFolder: "goliath:show-in-folder",
  dragOut: "goliath:drag-out",
  startsAtLogin: "goliath:starts-at-login",
  setStartsAtLogin: "goliath:set-starts-at-login",
  /** The window listens from now on: links that waited may come. */
  listening: "goliath:listening",
  /** From the main process: a link. */
  link: "goliath:link",
} as const;
