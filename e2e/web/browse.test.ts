/** The drive in a real browser, on a real index and peers: what a person does with files there. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, type PageLook, type TestBrowser, type TestPage } from "../world/browser.ts";
import type { Daemon } from "../world/daemon.ts";
import { openWorld, type World } from "../world/world.ts";

/** Eight pixels, red: the smallest picture that a browser draws. */
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="red"/></svg>`;
const MARKDOWN =
  "# Harbour\n\nA *quiet* place.\n\n<b id='raw'>raw</b>\n\n![far](http://127.0.0.1:1/far.png)\n\n![near](photos/ferry.svg)\n";

let world: World;
let alice: Daemon;
let browser: TestBrowser;
let opened: TestPage[] = [];

beforeAll(async () => {
  world = await openWorld("browse");
  [alice, browser] = await Promise.all([
    world.join("alice", { role: "admin", args: ["--http", "127.0.0.1:0"] }),
    openBrowser(),
  ]);
  const local = world.path("content");
  const files = {
    "README.md": MARKDOWN,
    "notes/todo.txt": "buy milk\n",
    "notes/config.json": '{"a":[1,2]}',
    "photos/ferry.svg": PICTURE,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(local, name, ".."), { recursive: true });
    await writeFile(join(local, name), text);
  }
  await alice.call("put", { path: "/data", local });
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
  const { origin, hash } = new URL(alice.ready?.http ?? "");
  const shown = await browser.open(`${origin}${path}${hash}`, look);
  opened.push(shown);
  return shown;
}

const row = (page: Page, name: string) => page.getByRole("row", { name });

/** Chooses a row without opening it: beside its name. */
const choose = (page: Page, name: string) =>
  row(page, name)
    .getByRole("gridcell")
    .last()
    .click({ position: { x: 2, y: 2 } });

async function textOf(path: string): Promise<string> {
  return (await alice.bytes("cat", { path })).toString();
}

/** Drops a file as a browser does it, at the middle of the list. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const dropped = await page.evaluateHandle(
    ([name, text]) => {
      // The browser's own, which Node's types do not know.
      const { DataTransfer } = globalThis as unknown as {
        DataTransfer: new () => { items: { add(file: File): void } };
      };
      const transfer = new DataTransfer();
      transfer.items.add(
        new File([text ?? ""], name ?? "", { type: "text/plain", lastModified: 981_173_106_000 }),
      );
      return transfer;
    },
    [name, text],
  );
  const target = page.getByRole("grid").or(page.getByText("This folder is empty"));
  for (const event of ["dragenter", "dragover", "drop"])
    await target.dispatchEvent(event, { dataTransfer: dropped });
}

describe("the drive in a browser", () => {
  it("signs in by the link, and keeps the token out of the address", async () => {
    const { page } = await open("/");
    await row(page, "data").waitFor();
    expect(page.url()).not.toContain("token");
    expect(new URL(page.url()).pathname).toBe("/drive");
    await page.reload();
    await row(page, "data").waitFor();
  });

  it("without a token tells where the link is", async () => {
    const shown = await browser.open(new URL(alice.ready?.http ?? "").origin);
    opened.push(shown);
    await shown.page.getByText("Open the link that Goliath printed").waitFor();
    expect(await shown.barriers()).toEqual([]);
  });

  it("is gone through by keyboard alone", async () => {
    const { page } = await open("/drive/data");
    await row(page, "notes").waitFor();
    const grid = page.getByRole("grid");
    await grid.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await row(page, "todo.txt").waitFor();
    expect(new URL(page.url()).pathname).toBe("/drive/data/notes");
    await grid.focus();
    await page.keyboard.type("tod");
    await expect.poll(() => row(page, "todo.txt").getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("Control+a");
    await expect.poll(() => row(page, "config.json").getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("Backspace");
    await row(page, "photos").waitFor();
  });

  it("takes a dropped file, renames it, deletes it, and undoes that", async () => {
    await alice.call("mkdir", { path: "/desk" });
    const { page } = await open("/drive/desk");
    await page.getByText("This folder is empty").waitFor();
    await drop(page, "letter.txt", "dear all");
    await row(page, "letter.txt").waitFor();
    expect(await textOf("/desk/letter.txt")).toBe("dear all");
    // It was written in 2001, and is not of today for having been uploaded.
    const resolved = await alice.call("resolve", { path: "/desk/letter.txt" });
    expect(resolved).toMatchObject({ entry: { mtimeMs: 981_173_106_000 } });

    await choose(page, "letter.txt");
    await page.keyboard.press("F2");
    await page.getByLabel("New name").fill("answer.txt");
    await page.keyboard.press("Enter");
    await row(page, "answer.txt").waitFor();

    await choose(page, "answer.txt");
    await page.keyboard.press("Delete");
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("This folder is empty").waitFor();
    await page
      .getByText("Deleted “answer.txt”.")
      .locator("..")
      .getByRole("button", { name: "Undo" })
      .click();
    await row(page, "answer.txt").waitFor();
    expect(await textOf("/desk/answer.txt")).toBe("dear all");
  });

  it("asks before an upload replaces a file, and keeps both when told so", async () => {
    await alice.call("mkdir", { path: "/both" });
    const { page } = await open("/drive/both");
    await page.getByText("This folder is empty").waitFor();
    await drop(page, "a.txt", "first");
    await row(page, "a.txt").waitFor();
    await drop(page, "a.txt", "second");
    await page.getByRole("button", { name: "Keep both" }).click();
    await row(page, "a (2).txt").waitFor();
    expect([await textOf("/both/a.txt"), await textOf("/both/a (2).txt")]).toEqual([
      "first",
      "second",
    ]);
  });

  it("shows a picture and goes on to what stands beside it", async () => {
    const { page } = await open("/drive/data/photos?open=ferry.svg");
    const picture = page.getByRole("dialog").getByRole("img", { name: "ferry.svg" });
    await picture.waitFor();
    await expect
      .poll(() =>
        picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
      )
      .toBe(8);
    await page.keyboard.press("Escape");
    await row(page, "ferry.svg").waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  it("shows texts, and Markdown without raw HTML or strangers' pictures", async () => {
    const { page } = await open("/drive/data/notes?open=todo.txt");
    await page.getByText("buy milk").waitFor();
    await page.getByRole("button", { name: "Previous file" }).click();
    await page.getByText('"a": [').waitFor();
    const { page: second } = await open("/drive/data?open=README.md");
    const dialog = second.getByRole("dialog");
    await dialog.getByRole("heading", { name: "Harbour" }).waitFor();
    await dialog.getByText("[Picture: far]").waitFor();
    await dialog.getByRole("img", { name: "near" }).waitFor();
    expect(await second.locator("#raw").count()).toBe(0);
  });

  it("restores an older version of a file", async () => {
    const local = world.path("versions.txt");
    for (const text of ["one", "two"]) {
      await writeFile(local, text);
      await alice.call("put", { path: "/versions.txt", local });
    }
    const { page } = await open("/drive");
    await choose(page, "versions.txt");
    await page.getByRole("button", { name: "Details and versions" }).click();
    const details = page.getByRole("complementary", { name: "Details" });
    await details.getByRole("button", { name: "Restore" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
    await page.getByText("Restored “versions.txt”.").waitFor();
    expect(await textOf("/versions.txt")).toBe("one");
  });

  it("finds names as they are typed, and leads to them", async () => {
    const { page } = await open("/drive");
    await row(page, "data").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("ferr");
    await page.getByRole("option", { name: "ferry.svg" }).click();
    await page.getByRole("dialog", { name: "ferry.svg" }).waitFor();
    await page.goto(new URL("/search?q=todo", page.url()).href);
    await row(page, "todo.txt").getByRole("link").click();
    await page.getByText("buy milk").waitFor();
  });

  it.each([
    ["light", {}],
    ["dark", { dark: true }],
    ["narrow", { dark: true, narrow: true }],
  ])("puts nothing in the way of those who do not see or use no mouse (%s)", async (_, look) => {
    const { page, barriers } = await open("/drive/data", look);
    const found: Record<string, string[]> = {};
    await row(page, "README.md").waitFor();
    found["folder"] = await barriers();
    const to = async (path: string, name: string) => {
      await page.goto(new URL(path, page.url()).href);
      await page.getByRole("dialog", { name }).or(row(page, name)).first().waitFor();
      found[path] = await barriers();
    };
    await to("/drive/data?open=README.md", "README.md");
    await to("/search?q=todo", "todo.txt");
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
  });
});
