/** The desktop app, put together: one instance, a peer, a window, a tray, links. */
import { join } from "node:path";
import { backOff, systemClock } from "@goliath/kit";
import { DESKTOP_CHANNELS } from "@goliath/web/desktop";
import { GoliathError } from "@goliath/protocols/nouns";
import type { BrowserWindow } from "electron";
import type { Electron } from "./electron.ts";
import { guardSession, guardWindow, originOf, WINDOW_PREFERENCES } from "./guard-window.ts";
import { linkAmong, SCHEME } from "./link-argument.ts";
import { openPeerProcess, type PeerProcess } from "./peer-process.ts";
import { noticesBetween, summaryOf } from "./peer-summary.ts";
import { HIDDEN, serveBridge } from "./serve-bridge.ts";
import { openTray, type PeerTray } from "./tray.ts";
import { watchPeer } from "./watch-peer.ts";
import { readWindowState, writeWindowState } from "./window-state.ts";

/** A peer that dies at once is started twice a minute, not forty times a second. */
const RESTART_MS = { minMs: 500, maxMs: 30_000 };
/** Links that wait for a page: whoever opens more than that is no person. */
const LINKS_MAX = 16;

export interface DesktopInit {
  electron: Electron;
  /** The words after the program's own name. */
  words: readonly string[];
  home: string;
  goliath: readonly [string, ...string[]];
  /** Files that came with the app. */
  preload: string;
  icon: string;
}

/** Resolves once the window is there, or at once where another instance took over. */
export async function runDesktop(init: DesktopInit): Promise<void> {
  const { app } = init.electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const desktop = new Desktop(init);
  app.on("second-instance", (_event, words) => desktop.open(linkAmong(words)));
  app.on("open-url", (event, url) => {
    event.preventDefault();
    desktop.open(linkAmong([url]));
  });
  app.on("activate", () => desktop.open());
  // The tray stays: files go on moving.
  app.on("window-all-closed", () => undefined);
  app.on("before-quit", (event) => {
    if (desktop.ended) return;
    event.preventDefault();
    void desktop[Symbol.asyncDispose]().finally(() => app.quit());
  });
  app.setAsDefaultProtocolClient(SCHEME.slice(0, -1));
  await app.whenReady();
  await desktop.start();
}

class Desktop implements AsyncDisposable {
  readonly #init: DesktopInit;
  readonly #ending = new AbortController();
  #peer: PeerProcess | undefined;
  #window: BrowserWindow | undefined;
  #tray: PeerTray | undefined;
  /** Not told to the page yet. */
  readonly #links: string[] = [];
  /** Whether the page in the window hears links. */
  #listening = false;
  #opening: Promise<void> = Promise.resolve();
  ended = false;

  constructor(init: DesktopInit) {
    this.#init = init;
    this.#keep(linkAmong(init.words));
  }

  async start(): Promise<void> {
    const { electron, icon, words, home } = this.#init;
    guardSession(electron.session.defaultSession);
    electron.Menu.setApplicationMenu(process.platform === "darwin" ? standardMenu(electron) : null);
    serveBridge({
      electron,
      window: () => this.#window,
      origin: () => this.#origin(),
      onListening: () => {
        this.#listening = true;
        this.#tellLinks();
      },
    });
    this.#tray = openTray({
      electron,
      icon,
      onOpen: () => this.open(),
      onQuit: () => electron.app.quit(),
    });
    this.#tray.show(summaryOf(undefined));
    await this.#startPeer();
    void this.#keepPeer();
    void this.#watch(home);
    if (!words.includes(HIDDEN)) this.open();
    await this.#opening;
  }

  /** Shows the window; a link is told to the page in it. */
  open(link?: string): void {
    this.#keep(link);
    this.#opening = this.#opening.then(() => this.#show()).catch((error) => this.#fail(error));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#opening;
    await this.#peer?.[Symbol.asyncDispose]();
    this.#tray?.[Symbol.dispose]();
    this.ended = true;
  }

  #origin(): string {
    return originOf(this.#peer?.url ?? "");
  }

  async #startPeer(): Promise<void> {
    const { goliath, home } = this.#init;
    this.#peer = await openPeerProcess({ goliath, home }).catch((error) => this.#fail(error));
  }

  /** Starts it again when it ended without our asking. */
  async #keepPeer(): Promise<void> {
    const { signal } = this.#ending;
    const waits = backOff({ ...RESTART_MS, random: Math.random });
    while (this.#peer && !signal.aborted) {
      await this.#peer.ended;
      if (signal.aborted) return;
      await systemClock.sleep(waits.next(), signal).catch(() => undefined);
      if (signal.aborted) return;
      await this.#startPeer();
      if (this.#window && this.#peer) await this.#load(this.#window);
    }
  }

  async #watch(home: string): Promise<void> {
    const { Notification } = this.#init.electron;
    let before: Parameters<typeof noticesBetween>[0];
    await watchPeer({
      home,
      clock: systemClock,
      random: Math.random,
      signal: this.#ending.signal,
      onStatus: (status) => {
        this.#tray?.show(summaryOf(status));
        if (!status) return;
        for (const notice of noticesBetween(before, status)) {
          const shown = new Notification(notice);
          shown.on("click", () => this.open());
          shown.show();
        }
        before = status;
      },
    });
  }

  async #show(): Promise<void> {
    if (!this.#peer || this.#ending.signal.aborted) return;
    if (!this.#window) {
      this.#window = await this.#openWindow();
      await this.#load(this.#window);
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
    this.#tellLinks();
  }

  async #openWindow(): Promise<BrowserWindow> {
    const { electron, preload, icon } = this.#init;
    const file = this.#stateFile();
    const screens = electron.screen.getAllDisplays().map(({ workArea }) => workArea);
    const { maximized, ...bounds } = await readWindowState(file, { screens });
    const window = new electron.BrowserWindow({
      ...bounds,
      minWidth: 380,
      minHeight: 480,
      title: "Goliath",
      icon,
      show: false,
      webPreferences: { ...WINDOW_PREFERENCES, preload },
    });
    if (maximized) window.maximize();
    guardWindow(window, { shell: electron.shell, origin: () => this.#origin() });
    window.on("close", () => {
      const state = { ...window.getNormalBounds(), maximized: window.isMaximized() };
      void writeWindowState(file, state).catch(() => undefined);
    });
    window.on("closed", () => {
      this.#window = undefined;
      this.#listening = false;
    });
    window.webContents.on("did-start-loading", () => {
      this.#listening = false;
    });
    return window;
  }

  async #load(window: BrowserWindow): Promise<void> {
    if (this.#peer) await window.loadURL(this.#peer.url);
  }

  #keep(link: string | undefined): void {
    if (link !== undefined && this.#links.length < LINKS_MAX) this.#links.push(link);
  }

  #tellLinks(): void {
    if (!this.#window || !this.#listening) return;
    for (const link of this.#links.splice(0)) {
      this.#window.webContents.send(DESKTOP_CHANNELS.link, link);
    }
  }

  #stateFile(): string {
    return join(this.#init.electron.app.getPath("userData"), "window.json");
  }

  /** In a box of the system: there may be no window to say it in. */
  #fail(thrown: unknown): undefined {
    this.#init.electron.dialog.showErrorBox("Goliath", GoliathError.from(thrown).message);
    return undefined;
  }
}

/** On macOS copy and paste are the menu's; elsewhere the window needs none. */
function standardMenu({ Menu }: Electron) {
  return Menu.buildFromTemplate([
    { role: "appMenu" },
    { role: "editMenu" },
    { role: "viewMenu" },
    { role: "windowMenu" },
  ]);
}
