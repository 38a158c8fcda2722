import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readWindowState, writeWindowState } from "./window-state.ts";

const SCREENS = [{ x: 0, y: 0, width: 1600, height: 900 }];
const STATE = { x: 100, y: 50, width: 900, height: 700, maximized: true };
const DEFAULT = { width: 1200, height: 800 };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "goliath-window-"));
  file = join(folder, "window.json");
});
afterEach(() => rm(folder, { recursive: true }));

describe("readWindowState", () => {
  it("gives what was written", async () => {
    await writeWindowState(file, STATE);
    expect(await readWindowState(file, { screens: SCREENS })).toEqual(STATE);
  });

  it.each([
    ["no file", undefined],
    ["half a file", '{"x":1'],
    ["another thing", "[]"],
    ["no numbers", JSON.stringify({ ...STATE, width: "wide" })],
    ["a window too small to use", JSON.stringify({ ...STATE, height: 3 })],
    ["a screen that is gone", JSON.stringify({ ...STATE, x: 2600 })],
    ["an edge out of reach", JSON.stringify({ ...STATE, y: -40 })],
  ])("begins anew with %s", async (_, text) => {
    if (text !== undefined) await writeFile(file, text);
    expect(await readWindowState(file, { screens: SCREENS })).toEqual(DEFAULT);
  });
});
