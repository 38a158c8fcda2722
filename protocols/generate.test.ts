import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateProtocols } from "./generate.ts";

const ROOT = import.meta.dirname;

describe("generateProtocols", () => {
  it("makes the files that are committed: run `npm run proto` after a change", async () => {
    const made = await generateProtocols();
    for (const [path, text] of made) {
      expect(await readFile(join(ROOT, path), "utf8"), path).toBe(text);
    }
    const files = await readdir(ROOT, { recursive: true });
    const committed = files.filter((file) => /^[a-z-]+\/generated\//.test(file));
    expect(committed.toSorted()).toEqual([...made.keys()].toSorted());
  });
});
