/**
 * Stands in for Electron, whose binary not every machine has: the app's main process runs against
 * it as it is, the built preload runs in the page, and windows are pages of a real Chromium. What
 * it cannot show is what Electron itself does: isolation of the preload's world, the sandbox.
 */
import { EventEmitter } from "node:events";
import { readFile } from "node:fs/promises";
import type { Electron, Rectangle, WindowOptions } from "@goliath/desktop";
import type { Browser, Frame, Page } from "playwright-core";

/** What the page calls the way to the main process. */
const TO_MAIN = "standInToMain";
/** A message of the stand-in's own: the page opens a window. */
const OPEN = "stand-in:open";

/** The renderer's half of Electron, around a preload: what crosses is cloned, as Electron does. */
function aroundPreload(preload: string): string {
  return `(() => {
    if (window !== window.top) return;
    const toMain = window.${TO_MAIN};
    delete window.${TO_MAIN};
    const heard = new Map();
    const ipcRenderer = {
      invoke: async (channel, ...values) => {
        const { error, result } = JSON.parse(await toMain(JSON.stringify({ channel, values, answer: true })));
        if (error !== undefined) throw new Error(error);
        return result;
      },
      send: (channel, ...values) => void toMain(JSON.stringify({ channel, values })),
      on: (channel, listener) => heard.set(listener, channel),
      removeListener: (channel, listener) => heard.delete(listener),
    };
    window.standInHear = (channel, value) => {
      for (const [listener, of] of heard) if (of === channel) listener({}, value);
    };
    const contextBridge = {
      exposeInMainWorld: (name, api) =>
        Object.defineProperty(window, name, { value: Object.freeze({ ...api }) }),
    };
    window.open = (url) => {
      void toMain(JSON.stringify({ channel: "${OPEN}", values: [new URL(url, location).href] }));
      return null;
    };
    const process = { platform: ${JSON.stringify(process.platform)} };
    const require = (name) => {
      if (name !== "electron") throw new Error("a sandboxed preload cannot require " + name);
      return { contextBridge, ipcRenderer };
    };
    ${preload}
  })();`;
}

interface Message {
  channel: string;
  values: unknown[];
  answer?: true;
}

type Opened = (details: { url: string }) => { action: string };

class StandInContents extends EventEmitter {
  readonly mainFrame: { readonly url: string };
  page: Page | undefined;
  readonly dragged: string[] = [];
  #onOpened: Opened = () => ({ action: "allow" });

  constructor() {
    super();
    const url = (): string => this.page?.url() ?? "";
    this.mainFrame = {
      get url() {
        return url();
      },
    };
  }

  setWindowOpenHandler(handler: Opened): void {
    this.#onOpened = handler;
  }

  open(url: string): void {
    if (this.#onOpened({ url }).action !== "deny") throw new Error(`a window of ${url} was let be`);
  }

  send(channel: string, value: unknown): void {
    void this.page?.evaluate(`window.standInHear(...${JSON.stringify([channel, value])})`);
  }

  startDrag({ file }: { file: string }): void {
    this.dragged.push(file);
  }
}

export class StandInWindow extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents = new StandInContents();
  readonly #world: StandInElectron;
  #loading = false;
  /** How often something was loaded into it. */
  loads = 0;

  constructor(world: StandInElectron, options: WindowOptions) {
    super();
    this.#world = world;
    this.options = options;
    world.windows.push(this);
  }

  get page(): Page {
    const { page } = this.webContents;
    if (page) return page;
    throw new Error("nothing was loaded into the window yet");
  }

  async loadURL(url: string): Promise<void> {
    const page = (this.webContents.page ??= await this.#openPage());
    this.#loading = true;
    this.webContents.emit("did-start-loading");
    // A fragment alone would not load anew.
    await page.goto("about:blank");
    await page.goto(url);
    this.#loading = false;
    this.loads++;
  }

  async #openPage(): Promise<Page> {
    const context = await this.#world.browser.newContext({ viewport: null });
    const page = await context.newPage();
    page.on("pageerror", (error) => this.#world.errors.push(String(error)));
    await page.exposeBinding(TO_MAIN, ({ frame }, text: string) => this.#message(frame, text));
    const preload = await readFile(this.options.webPreferences?.preload ?? "", "utf8");
    await page.addInitScript(aroundPreload(preload));
    await page.route("**", async (route) => {
      const request = route.request();
      const leaves = request.isNavigationRequest() && request.frame() === page.mainFrame();
      if (leaves && !this.#loading && this.#isPrevented(request.url()))
        return route.fulfill({ status: 204 });
      return route.continue();
    });
    // What got past the page's own `open`: a link for a new window.
    context.on("page", (opened) => void opened.close());
    return page;
  }

  #isPrevented(url: string): boolean {
    let prevented = false;
    this.webContents.emit("will-navigate", { url, preventDefault: () => (prevented = true) });
    return prevented;
  }

  /** A message as it crosses: as text, with the frame it came from. */
  async #message(frame: Frame, text: string): Promise<string> {
    const { channel, values, answer } = JSON.parse(text) as Message;
    const { webContents } = this;
    if (channel === OPEN) webContents.open(String(values[0]));
    const isMain = frame === this.page.mainFrame();
    const senderFrame = isMain ? webContents.mainFrame : { url: frame.url() };
    const event = { sender: webContents, senderFrame };
    try {
      if (answer)
        return JSON.stringify({ result: await this.#world.answer(channel, event, values) });
      this.#world.ipcMain.emit(channel, event, ...values);
      return "{}";
    } catch (error) {
      return JSON.stringify({ error: String(error) });
    }
  }

  close(): void {
    this.emit("close");
    void this.webContents.page?.context().close();
    this.emit("closed");
  }

  show(): void {
    this.isShown = true;
  }

  isShown = false;
  focus(): void {}
  restore(): void {}
  maximize(): void {}
  isMinimized = (): boolean => false;
  isMaximized = (): boolean => false;
  getNormalBounds = (): Rectangle => ({ x: 10, y: 20, width: 900, height: 700 });
}

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  readonly schemes: string[] = [];
  readonly #userData: string;
  readonly #isFirst: boolean;
  readonly quitted = Promise.withResolvers<void>();
  openAtLogin = false;

  constructor(init: { userData: string; isFirst: boolean }) {
    super();
    this.#userData = init.userData;
    this.#isFirst = init.isFirst;
  }

  requestSingleInstanceLock = (): boolean => this.#isFirst;
  whenReady = async (): Promise<void> => undefined;
  getPath = (): string => this.#userData;
  setAsDefaultProtocolClient = (scheme: string): void => void this.schemes.push(scheme);
  getLoginItemSettings = () => ({ openAtLogin: this.openAtLogin });
  getFileIcon = async () => ({});
  setLoginItemSettings = (settings: { openAtLogin: boolean }): void => {
    this.openAtLogin = settings.openAtLogin;
  };

  quit(): void {
    let prevented = false;
    this.emit("before-quit", { preventDefault: () => (prevented = true) });
    if (!prevented) this.quitted.resolve();
  }
}

interface MenuItem {
  label?: string;
  click?: () => void;
}

class StandInNotification extends EventEmitter {
  readonly #world: StandInElectron;
  readonly #notice: { title: string; body: string };

  constructor(world: StandInElectron, notice: { title: string; body: string }) {
    super();
    this.#world = world;
    this.#notice = notice;
  }

  show(): void {
    this.#world.notices.push(this.#notice);
  }
}

class StandInTray extends EventEmitter {
  readonly #world: StandInElectron;

  constructor(world: StandInElectron) {
    super();
    this.#world = world;
  }

  setToolTip(words: string): void {
    this.#world.trayWords = words;
  }

  setContextMenu(items: readonly MenuItem[]): void {
    this.#world.trayMenu = items;
  }

  destroy(): void {}
}

/** What the test looks at: what the app showed, and what the user would do. */
export class StandInElectron {
  readonly app: StandInApp;
  readonly ipcMain = new EventEmitter();
  readonly windows: StandInWindow[] = [];
  readonly errors: string[] = [];
  readonly notices: { title: string; body: string }[] = [];
  readonly boxes: string[] = [];
  readonly openedOutside: string[] = [];
  readonly shownInFolder: string[] = [];
  /** What the user picks next. */
  picks: string[] = [];
  trayWords = "";
  trayMenu: readonly MenuItem[] = [];
  readonly browser: Browser;
  readonly #handlers = new Map<string, (event: unknown, ...values: unknown[]) => unknown>();

  constructor(browser: Browser, init: { userData: string; isFirst?: boolean }) {
    this.browser = browser;
    this.app = new StandInApp({ isFirst: true, ...init });
  }

  async answer(channel: string, event: unknown, values: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`nobody answers ${channel}`);
    return handler(event, ...values);
  }

  /** Clicks an item of the tray's menu. */
  choose(label: string): void {
    const item = this.trayMenu.find((one) => one.label === label);
    if (!item?.click) throw new Error(`the tray has no ${label}`);
    item.click();
  }

  /** The part of Electron that the app uses. */
  asElectron(): Electron {
    const parts = {
      app: this.app,
      BrowserWindow: StandInWindow.bind(undefined, this),
      dialog: {
        showOpenDialog: async () => ({ filePaths: this.picks }),
        showErrorBox: (_title: string, text: string) => void this.boxes.push(text),
      },
      ipcMain: Object.assign(this.ipcMain, {
        handle: (channel: string, handler: (event: unknown, ...values: unknown[]) => unknown) =>
          this.#handlers.set(channel, handler),
      }),
      Menu: {
        setApplicationMenu: () => undefined,
        buildFromTemplate: (items: readonly MenuItem[]) => items,
      },
      nativeImage: { createFromPath: () => ({}), createEmpty: () => ({}) },
      Notification: StandInNotification.bind(undefined, this),
      screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1600, height: 900 } }] },
      session: {
        defaultSession: {
          setPermissionRequestHandler: () => undefined,
          setPermissionCheckHandler: () => undefined,
        },
      },
      shell: {
        openExternal: async (url: string) => void this.openedOutside.push(url),
        showItemInFolder: (local: string) => void this.shownInFolder.push(local),
      },
      Tray: StandInTray.bind(undefined, this),
    };
    return parts as unknown as Electron;
  }
}
