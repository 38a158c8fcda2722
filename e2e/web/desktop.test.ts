/** The desktop app against a stand-in for Electron: its windows are pages of a real Chromium. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { runDesktop, type DesktopInit } from "@goliath/desktop";
import { callControl, controlSocketPath } from "@goliath/kit";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../world/chromium.ts";
import { StandInElectron } from "../world/electron-stand-in.ts";
import { GOLIATH } from "../world/goliath-command.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const APP = join(import.meta.dirname, "../../apps/desktop");
const run = promisify(execFile);

let browser: Browser;
let world: World;
/** A home that has joined already; its peer has ended. */
let home: string;
let settings: string;
beforeAll(async () => {
  await run("npm", ["run", "-s", "build", "-w", "@goliath/desktop"], { cwd: join(APP, "../..") });
  browser = await launchChromium();
  world = await openWorld("desktop");
  const peer = await world.join("desk");
  await peer.stop();
  home = peer.home;
  settings = join(home, "config.toml");
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

let folder: string;
let electron: StandInElectron;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "goliath-desktop-"));
  electron = new StandInElectron(browser, { userData: folder });
  await writeFile(settings, '[peer]\nlisten = ["/ip4/127.0.0.1/tcp/0"]\nmdns = false\n');
});
afterEach(async () => {
  if (electron.windows.length > 0) await quit();
  await rm(folder, { recursive: true, force: true });
});

async function start(init: Partial<DesktopInit> = {}): Promise<void> {
  await runDesktop({
    electron: electron.asElectron(),
    words: [],
    home,
    goliath: [process.execPath, GOLIATH],
    preload: join(APP, "dist/preload/preload.cjs"),
    icon: join(APP, "icons/icon.png"),
    ...init,
  });
}

async function quit(): Promise<void> {
  electron.app.quit();
  await electron.app.quitted.promise;
}

const page = (): Page => electron.windows.at(-1)!.page;

/** Runs in the page, in words: what it knows is not what this file does. */
const inPage = <Result>(script: string): Promise<Result> => page().evaluate<Result>(script);

const peerAnswers = (): Promise<boolean> =>
  callControl(controlSocketPath(home, "peer"), "status", {}).then(
    () => true,
    () => false,
  );

describe("the desktop app", () => {
  it("opens the UI signed in, with the bridge and nothing of Node", async () => {
    await start();
    const [window] = electron.windows;
    expect(window?.isShown).toBe(true);
    expect(window?.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    });
    await page().getByRole("navigation").first().waitFor();
    expect(await inPage("Object.keys(window.goliathDesktop).sort()")).toEqual([
      "dragOut",
      "onLink",
      "pickFolder",
      "platform",
      "setStartsAtLogin",
      "showInFolder",
      "startsAtLogin",
    ]);
    expect(await inPage("[typeof require, typeof process]")).toEqual(["undefined", "undefined"]);
    expect(electron.errors).toEqual([]);
    expect(electron.boxes).toEqual([]);
  });

  it("does for the window what the bridge says", async () => {
    await start();
    electron.picks = ["/data/genomes"];
    expect(await inPage("goliathDesktop.pickFolder({ title: 'Which?' })")).toBe("/data/genomes");
    electron.picks = [];
    expect(await inPage("goliathDesktop.pickFolder({ title: 'Which?' })")).toBeUndefined();
    await inPage("goliathDesktop.showInFolder('/data/genomes')");
    expect(electron.shownInFolder).toEqual(["/data/genomes"]);
    await inPage("goliathDesktop.setStartsAtLogin(true)");
    expect(await inPage("goliathDesktop.startsAtLogin()")).toBe(true);
    await inPage("goliathDesktop.dragOut('/data/genomes/hg38')");
    const dragged = electron.windows[0]!.webContents.dragged;
    await until(
      async () => dragged,
      ({ length }) => length > 0,
      { what: "the drag" },
    );
    expect(dragged).toEqual(["/data/genomes/hg38"]);
  });

  it("refuses a path that is not whole", async () => {
    await start();
    await expect(inPage("goliathDesktop.showInFolder('../x')")).rejects.toThrow(/whole path/u);
    expect(electron.shownInFolder).toEqual([]);
  });

  it("answers no page but the UI's", async () => {
    await start();
    await page().goto("data:text/html,<title>elsewhere</title>");
    await expect(inPage("goliathDesktop.pickFolder({ title: '' })")).rejects.toThrow(
      /only the window/u,
    );
  });

  it("hands on a link, whether it came before the window or after", async () => {
    await start({ words: ["goliath:first"] });
    await inPage("void (window.links = [], goliathDesktop.onLink((link) => links.push(link)))");
    const links = (): Promise<string[]> => inPage("window.links");
    electron.app.emit("second-instance", {}, ["goliath", "goliath:second"]);
    electron.app.emit("open-url", { preventDefault: () => undefined }, "goliath:third");
    const heard = await until(links, (all) => all.includes("goliath:third"), { what: "the links" });
    expect(heard).toEqual(["goliath:first", "goliath:second", "goliath:third"]);
    expect(electron.app.schemes).toEqual(["goliath"]);
  });

  it("stays where it is, and opens no window of its own", async () => {
    await start();
    await page().getByRole("navigation").first().waitFor();
    const { origin } = new URL(page().url());
    await inPage("void window.open('https://example.org/a')");
    await until(
      async () => electron.openedOutside,
      ({ length }) => length > 0,
      {
        what: "the browser",
      },
    );
    await inPage("void (location.href = 'https://example.org/b')");
    await inPage("void window.open('file:///etc/passwd')");
    await page().getByRole("navigation").first().waitFor();
    expect(new URL(page().url()).origin).toBe(origin);
    expect(electron.openedOutside).toEqual(["https://example.org/a"]);
  });

  it("lets the peer go on without a window, and ends it at the end", async () => {
    await start();
    electron.windows[0]!.close();
    expect(await peerAnswers()).toBe(true);
    electron.app.emit("activate");
    await until(
      async () => electron.windows.length,
      (windows) => windows === 2,
    );
    electron.choose("Quit");
    await electron.app.quitted.promise;
    expect(await peerAnswers()).toBe(false);
    // Where it stood is known at the next start.
    electron = new StandInElectron(browser, { userData: folder });
    await start();
    expect(electron.windows[0]?.options).toMatchObject({ x: 10, y: 20, width: 900, height: 700 });
  });

  it("starts the peer again when it died", async () => {
    await start();
    await callControl(controlSocketPath(home, "peer"), "stop", {});
    const [window] = electron.windows;
    await until(
      async () => window!.loads,
      (loads) => loads === 2,
      { what: "the UI of the new process" },
    );
    await page().getByRole("navigation").first().waitFor();
    expect(await peerAnswers()).toBe(true);
  });

  it("uses a peer that runs already, and leaves it running", async () => {
    await using peer = world.peer(basename(home), ["--http", "0"]);
    await peer.start();
    await start();
    expect(electron.boxes).toEqual([]);
    await page().getByRole("navigation").first().waitFor();
    await quit();
    expect(await peerAnswers()).toBe(true);
  });

  it("says in a box why the peer did not start", async () => {
    await writeFile(settings, "[peer]\nnonsense = 1\n");
    await start();
    expect(electron.boxes.join()).toContain("nonsense");
    expect(electron.windows).toEqual([]);
  });

  it("shows in the tray how the peer is", async () => {
    await start({ words: ["--hidden"] });
    expect(electron.windows).toEqual([]);
    await until(
      async () => electron.trayWords,
      (words) => words.includes("Up to date"),
      {
        what: "the words",
      },
    );
    electron.app.quit();
    await electron.app.quitted.promise;
  });

  it("leaves the window to the instance that was first", async () => {
    electron = new StandInElectron(browser, { userData: folder, isFirst: false });
    await start();
    await electron.app.quitted.promise;
    expect(electron.windows).toEqual([]);
    expect(await peerAnswers()).toBe(false);
  });
});
