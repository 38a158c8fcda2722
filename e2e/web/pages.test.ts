/** The pages around the drive, of a real index, peers and a keeper: how they look, and what they tell. */
import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, type PageLook, type TestBrowser, type TestPage } from "../world/browser.ts";
import type { Daemon } from "../world/daemon.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const PAGES = ["folders", "transfers", "peers", "copies", "history", "members", "settings"];
const LOOKS: PageLook[] = [{}, { dark: true }, { narrow: true }, { dark: true, narrow: true }];

let world: World;
let ann: Daemon;
let keeper: Daemon;
let browser: TestBrowser;
let opened: TestPage[] = [];

beforeAll(async () => {
  world = await openWorld("pages");
  [ann, keeper, browser] = await Promise.all([
    world.join("ann", { role: "admin", args: ["--http", "127.0.0.1:0"] }),
    world.join("seedbox", { args: ["--capacity", "1GB"] }),
    openBrowser(),
  ]);
  await mkdir(world.path("shared", "photos"), { recursive: true });
  await writeFile(world.path("shared", "photos", "a.jpg"), Buffer.alloc(900_000, 1));
  await writeFile(world.path("draft.txt"), "first");
  await ann.call("put", { path: "/drafts/draft.txt", local: world.path("draft.txt") });
});

afterEach(async () => {
  const pages = opened;
  opened = [];
  for (const { page } of pages) await page.context().close();
  expect(pages.flatMap(({ errors }) => errors)).toEqual([]);
});

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
});

async function open(path: string, look?: PageLook): Promise<TestPage> {
  const { origin, hash } = new URL(ann.ready?.http ?? "");
  const shown = await browser.open(`${origin}${path}${hash}`, look);
  opened.push(shown);
  return shown;
}

describe("the pages around the drive", () => {
  it("share a folder of this machine, which others then see", async () => {
    const { page } = await open("/folders");
    await page.getByRole("button", { name: "Share a folder" }).click();
    const dialog = page.getByRole("dialog");
    const local = dialog.getByLabel("The folder on this machine");
    // Browsing begins at the user's home, and fills this in.
    await expect.poll(() => local.inputValue()).not.toBe("");
    await local.fill(world.path("shared", "photos"));
    expect(await dialog.getByLabel("Where others see it").inputValue()).toBe("/photos");
    await dialog.getByRole("button", { name: "Share it" }).click();
    await page.getByText("Published", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Stop sharing: /photos" }).click();
    await page.getByRole("dialog").getByText("The files stay on this machine").waitFor();
  });

  it("are as usable in every look", async () => {
    for (const look of LOOKS) {
      const { page, errors, barriers } = await open("/settings", look);
      for (const name of PAGES) {
        await page.goto(new URL(`/${name}`, page.url()).href);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.getByText("Loading…").waitFor({ state: "detached" });
        expect(await barriers(), `${name} ${JSON.stringify(look)}`).toEqual([]);
        const over = await page.evaluate(
          "document.querySelector('#main').scrollWidth > innerWidth",
        );
        expect(over, `${name} is wider than the window`).toBe(false);
      }
      expect(errors).toEqual([]);
    }
  });

  it("lead from the log to the drive as it was", async () => {
    await writeFile(world.path("draft.txt"), "second");
    await ann.call("put", { path: "/drafts/draft.txt", local: world.path("draft.txt") });
    await ann.call("rm", { path: "/drafts/draft.txt", recursive: false });
    const { page } = await open("/history?path=/drafts");
    await page.getByText("Deleted").waitFor();
    const before = page.getByRole("link", { name: "/drafts/draft.txt" });
    expect(await before.count()).toBe(3);
    await before.first().click();
    await page.getByRole("row", { name: "draft.txt" }).waitFor();
    await page.getByText("Nothing can be changed in the past").waitFor();
    await page.goBack();
    await page.getByRole("button", { name: "Look" }).click();
    await page.getByText("Nothing can be changed in the past").waitFor();
    expect(new URL(page.url()).pathname).toBe("/drive/drafts");
  });

  it("tell of a keeper that is lost, and of copies that are too few", async () => {
    await until(
      () => ann.call<{ under: number; chunks: number }>("copies", { path: "/photos" }),
      ({ under, chunks }) => under === 0 && chunks > 0,
      { what: "a copy at the keeper" },
    );
    const { page } = await open("/copies");
    await page.getByRole("row", { name: "photos/" }).getByText("Safe").waitFor();
    await page.getByLabel("Copies at keepers").fill("2");
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await page.getByRole("row", { name: "photos/" }).getByText("Too few copies").waitFor();
    await page.getByRole("link", { name: "photos/" }).click();
    await page.getByRole("row", { name: "a.jpg" }).waitFor();
    await page.getByRole("link", { name: "Peers" }).click();
    await page.getByText("2 machines online.").waitFor();
    await keeper.kill();
    await page
      .getByText(/^Away since today/u)
      .first()
      .waitFor();
  });

  it("say that the index is away, and go on when it is back", async () => {
    const { page, errors } = await open("/folders");
    await page.getByText("Published", { exact: true }).waitFor();
    await world.index.kill();
    await page.getByText("The drive’s index is away.").first().waitFor();
    // What is known here stays; what only the index knows says what it waits for.
    await page.getByText("Published", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByRole("heading", { name: "The drive’s index is away" }).waitFor();
    await world.index.start();
    await page.getByRole("row", { name: "seedbox" }).waitFor();
    // The browser itself notes what was refused while the index was away; nothing else went wrong.
    const others = errors.filter((error) => !/status of 400 .*\/api\/v1\/members/u.test(error));
    expect(others).toEqual([]);
    opened = [];
    await page.context().close();
  });
});
