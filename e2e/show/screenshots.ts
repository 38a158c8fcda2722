/**
 * Takes pictures of every page of the UI, light and dark, wide and narrow, of a drive with content.
 * Usage: `npm run screenshots [-- FOLDER [PAGE]...]`.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openBrowser, type PageLook } from "../world/browser.ts";
import { openShowWorld } from "./show-world.ts";

const LOOKS: Record<string, PageLook> = {
  light: {},
  dark: { dark: true },
  "narrow-light": { narrow: true },
  "narrow-dark": { narrow: true, dark: true },
};

/** Pages by the name of their picture. */
const PAGES: Record<string, string> = {
  drive: "/drive/",
  folder: "/drive/genomes/hg38",
  photos: "/drive/photos/2026-08%20Norway",
  search: "/search?q=train",
  transfers: "/transfers",
  folders: "/folders",
  peers: "/peers",
  copies: "/copies",
  history: "/history",
  members: "/members",
  settings: "/settings",
};

/** What moves when a page is new has come to rest: nothing else is waited for. */
const QUIET_MS = 1_500;

const [folder = "screenshots", ...only] = process.argv.slice(2);
const to = resolve(folder);
await mkdir(to, { recursive: true });
await using browser = await openBrowser();
await using show = await openShowWorld(browser.browser);
const { workstation, world } = show;
await workstation.call("setCopies", { path: "/genomes", copies: 2, clear: false });
await workstation.call("setCopies", { path: "/photos", copies: 3, clear: false });
await workstation.call("mirror", {
  path: "/ethereum/era1",
  local: world.path("era1"),
  once: false,
});
const http = String(workstation.ready?.http);
const { origin, hash } = new URL(http);
for (const [look, options] of Object.entries(LOOKS)) {
  const { page, errors } = await browser.open(http, options);
  for (const [name, path] of Object.entries(PAGES)) {
    if (only.length > 0 && !only.includes(name)) continue;
    await page.goto(`${origin}${path}${hash}`);
    await page.waitForTimeout(QUIET_MS);
    await page.screenshot({ path: join(to, `${name}-${look}.png`) });
  }
  for (const error of errors) process.stderr.write(`${look}: ${error}\n`);
  await page.context().close();
}
