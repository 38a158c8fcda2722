/** The web UI at a folder of very many names, as somebody in front of a real browser sees it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { openBrowser } from "../world/browser.ts";
import { until } from "../world/settled.ts";
import type { World } from "../world/world.ts";
import { median, quantile, type Figures } from "./figures.ts";
import { fillHugeFolder } from "./huge-folder.ts";
import { inWorld } from "./index-drive.ts";
import { ours, type Workload } from "./workload.ts";

/** How often the folder is opened by somebody who was never there. */
const OPENINGS = 5;
/** Screens scrolled through, a screen a frame: far faster than anybody reads. */
const SCREENS = 200;
/** Places all over the folder that the scrollbar is pulled to. */
const JUMPS = 10;
/** A search index of a million names is built within this on a slow machine. */
const BUILT_WITHIN_MS = 10 * 60_000;

const UI = join(import.meta.dirname, "../../libs/web/dist");

export function webWorkload(files: number): Workload {
  return ours("web", {
    title: `web UI: a folder of ${files} files; opened, scrolled, searched`,
    run: (folder) => inWorld(folder, (world) => runWeb(world, files)),
  });
}

async function runWeb(world: World, files: number): Promise<Figures> {
  await fillHugeFolder(world, files);
  const peer = await world.join("viewer", { args: ["--http", "0"] });
  await until(
    () => peer.call<{ complete: boolean }>("search", { text: "f", limit: 1 }),
    ({ complete }) => complete,
    { what: "having taken in all names", timeoutMs: BUILT_WITHIN_MS, pollMs: 500 },
  );
  const { origin, hash } = new URL(String(peer.ready?.http));
  await using browser = await openBrowser();
  const paints: number[] = [];
  const rows: number[] = [];
  for (let i = 0; i < OPENINGS; i++) {
    const { page } = await browser.open("about:blank");
    await page.goto(`${origin}/drive/huge${hash}`);
    rows.push(await firstRowMs(page));
    paints.push(await page.evaluate<number>(FIRST_PAINT));
    if (i < OPENINGS - 1) await page.context().close();
    else return { ...(await look(page, files)), paintMs: median(paints), rowMs: median(rows) };
  }
  throw new Error("the folder was never opened");
}

const FIRST_PAINT = `performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN`;

/** Milliseconds from the navigation until the first name is on the screen. */
function firstRowMs(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const look = () =>
      document.querySelector('[role=row][aria-rowindex="2"]:not([aria-busy])')
        ? resolve(performance.now())
        : requestAnimationFrame(look);
    look();
  })`);
}

async function look(page: Page, files: number): Promise<Figures> {
  const frames = await page.evaluate<number[]>(`(async () => {
    const grid = document.querySelector("[role=grid]");
    const frame = () => new Promise(requestAnimationFrame);
    const times = [];
    let before = await frame();
    for (let i = 0; i < ${SCREENS}; i++) {
      grid.scrollTop += grid.clientHeight;
      const now = await frame();
      times.push(now - before);
      before = now;
    }
    return times;
  })()`);
  const jumps: number[] = [];
  for (let i = 0; i < JUMPS; i++) {
    const part = ((i * 7 + 3) % JUMPS) / JUMPS;
    jumps.push(
      await page.evaluate<number>(`(async () => {
        const grid = document.querySelector("[role=grid]");
        const frame = () => new Promise(requestAnimationFrame);
        const start = performance.now();
        grid.scrollTop = grid.scrollHeight * ${part};
        do await frame(); while (grid.querySelector("[aria-busy]") || !grid.querySelector("[role=gridcell]"));
        return performance.now() - start;
      })()`),
    );
  }
  return {
    frameMs: median(frames),
    frameP99Ms: quantile(frames, 0.99),
    framesOver50Ms: frames.filter((ms) => ms > 50).length,
    jumpMs: median(jumps),
    jumpMaxMs: Math.max(...jumps),
    typedMs: await typedMs(page, String(files - 1)),
    scriptKB: (await initialScriptBytes()) / 1000,
  };
}

/** From the last key until the file is shown; what the page waits for more keys is in it. */
async function typedMs(page: Page, text: string): Promise<number> {
  await page.getByRole("searchbox").or(page.getByRole("combobox")).first().fill(text);
  const startMs = performance.now();
  await page.getByText(`scan ${text}.txt`).first().waitFor();
  return performance.now() - startMs;
}

/** Of all scripts that the page loads at once, as they travel. */
async function initialScriptBytes(): Promise<number> {
  const html = await readFile(join(UI, "index.html"), "utf8");
  const scripts = [...html.matchAll(/(?:src|href)="(?<name>[^"]+\.js)"/gu)];
  const files = scripts.map(({ groups }) => readFile(join(UI, groups?.["name"] ?? "")));
  return (await Promise.all(files)).reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
}
