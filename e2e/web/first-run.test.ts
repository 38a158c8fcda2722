/** A drive from nothing in real browsers: made, joined with a link, mirrored, and left again. */
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, type PageLook, type TestBrowser, type TestPage } from "../world/browser.ts";
import type { Daemon } from "../world/daemon.ts";
import { World } from "../world/world.ts";

const ARGS = ["--http", "127.0.0.1:0"];
const BYTES = 3_000_000;

let world: World;
let ann: Daemon;
let bob: Daemon;
let browser: TestBrowser;
let opened: TestPage[] = [];

beforeAll(async () => {
  // Its index is not started: a drive is made here.
  world = new World(await mkdtemp(join(tmpdir(), "goliath-first-run-")));
  [ann, bob] = [world.peer("ann", ARGS), world.peer("bob", ARGS)];
  await mkdir(ann.home);
  // A drive that is made here gets its index here, which is to disturb nobody.
  const settings = '[index]\nlisten = ["/ip4/127.0.0.1/tcp/0"]\n';
  await writeFile(join(ann.home, "config.toml"), settings);
  [browser] = await Promise.all([openBrowser(), ann.start(), bob.start()]);
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

async function open(peer: Daemon, path = "/", look?: PageLook): Promise<TestPage> {
  const { origin, hash } = new URL(peer.ready?.http ?? "");
  const shown = await browser.open(`${origin}${path}${hash}`, look);
  opened.push(shown);
  return shown;
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

describe("the first run", () => {
  it("shows nothing but its two ways, to everybody, in every look", async () => {
    for (const look of [{}, { dark: true }, { narrow: true }, { dark: true, narrow: true }]) {
      const shown = await open(ann, "/members", look);
      await shown.page.getByRole("heading", { name: "Welcome to Goliath" }).waitFor();
      expect(await shown.page.getByRole("navigation").count()).toBe(0);
      expect(await shown.barriers()).toEqual([]);
    }
  });

  it("says what is wrong with what is no link", async () => {
    const { page } = await open(bob);
    await page.getByRole("button", { name: "Join a drive" }).click();
    await page.getByLabel("The link").fill("https://example.org/");
    await press(page, "Join");
    await page.getByRole("alert").getByText("This is no link to a drive").waitFor();
  });

  it("makes a drive, invites to it, and joins from another machine with the link", async () => {
    const { page } = await open(ann);
    await page.getByRole("button", { name: "Create a drive" }).click();
    await page.getByLabel("Name of this machine").fill("Ann’s laptop");
    await press(page, "Create the drive");
    await page.getByText("The drive is empty").waitFor();

    await page.getByRole("link", { name: "Members" }).click();
    await press(page, "Invite someone");
    await page.getByLabel("Writer").check();
    await press(page, "Make the link");
    const link = await page.getByLabel("The link", { exact: true }).inputValue();
    expect(link).toMatch(/^goliath:/u);
    await page.getByRole("img", { name: "to scan" }).waitFor();
    await press(page, "Done");

    const { page: second } = await open(bob);
    await second.getByRole("button", { name: "Join a drive" }).click();
    // As a mail brings it.
    await second.getByLabel("The link").fill(`${link.slice(0, 40)}\n${link.slice(40)} `);
    await second.getByLabel("Name of this machine").fill("Bob’s tower");
    await press(second, "Join");
    await second.getByText("The drive is empty").waitFor();
    await page.getByRole("row", { name: "Bob’s tower" }).getByText("Writer").waitFor();
  });

  it("keeps a folder from the page, and tells when all of it is there", async () => {
    await writeFile(world.path("film.bin"), Buffer.alloc(BYTES, 7));
    await ann.call("put", { path: "/films/film.bin", local: world.path("film.bin") });
    const { page } = await open(bob, "/folders");
    await page.getByRole("button", { name: "Keep a folder here" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "films" }).click();
    await dialog.getByRole("button", { name: "Take “films”" }).click();
    await dialog.getByLabel("The folder on this machine").fill(world.path("kept"));
    await dialog.getByRole("button", { name: "Keep it here" }).click();
    await page.getByText("Up to date").waitFor();
    expect((await readFile(world.path("kept", "film.bin"))).length).toBe(BYTES);
    await page.getByRole("link", { name: "Transfers" }).click();
    await page.getByText("3.00 MB since Goliath started").waitFor();
  });

  it("stops keeping a folder, and deletes nothing", async () => {
    const { page } = await open(bob, "/folders");
    await page.getByRole("button", { name: "Stop keeping it" }).click();
    await page.getByText("Nothing is deleted.").waitFor();
    await press(page, "Stop");
    await page.getByText("Nothing is kept or shared here yet").waitFor();
    expect((await readFile(world.path("kept", "film.bin"))).length).toBe(BYTES);
  });

  it("shuts a member out", async () => {
    const { page } = await open(ann, "/members");
    await page.getByRole("button", { name: "Shut out: Bob’s tower" }).click();
    await press(page, "Shut out");
    await page.getByRole("row", { name: "Bob’s tower" }).getByText("Shut out").waitFor();
    expect(await ann.call("members")).toContainEqual(
      expect.objectContaining({ name: "Bob’s tower", revoked: true }),
    );
  });
});
