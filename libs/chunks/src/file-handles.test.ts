import { constants } from "node:fs";
import { mkdtemp, readdir, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemDisk, type Clock } from "@goliath/kit";
import { FileHandles } from "./file-handles.ts";

let folder = "";
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "goliath-handles-"))));
afterEach(() => rm(folder, { recursive: true }));

/** A clock that stands until a test lets the sleepers go on. */
function standingClock() {
  const sleepers: (() => void)[] = [];
  let nowMs = 0;
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleepers.push(() => ((nowMs += ms), resolve()));
        signal?.addEventListener("abort", () => reject(new Error("aborted")), { once: true });
      }),
  };
  return { clock, wake: () => sleepers.shift()?.() };
}

async function openFiles(): Promise<string[]> {
  const fds = await readdir("/proc/self/fd");
  const links = await Promise.all(fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
  return links.filter((link) => link.startsWith(folder));
}

async function readOnce(handles: FileHandles, key: number): Promise<void> {
  await handles.use({ key, path: join(folder, `${key}`) }, (handle) =>
    handle.stat({ bigint: true }),
  );
}

describe("FileHandles", () => {
  it.skipIf(process.platform !== "linux")(
    "(counts by /proc) opens once, closes when idle",
    async () => {
      const { clock, wake } = standingClock();
      await using handles = new FileHandles({ disk: systemDisk, clock, flags: constants.O_RDONLY });
      await writeFile(join(folder, "1"), "x");
      await Promise.all([readOnce(handles, 1), readOnce(handles, 1)]);
      await readOnce(handles, 1);
      expect(await openFiles()).toHaveLength(1);
      wake();
      await expect.poll(openFiles).toHaveLength(0);
      await readOnce(handles, 1);
      expect(await openFiles()).toHaveLength(1);
    },
  );

  it.skipIf(process.platform !== "linux")(
    "(counts by /proc) keeps a bounded number open",
    async () => {
      const { clock } = standingClock();
      await using handles = new FileHandles({ disk: systemDisk, clock, flags: constants.O_RDONLY });
      for (let key = 0; key < 200; key++) {
        await writeFile(join(folder, `${key}`), "x");
        await readOnce(handles, key);
      }
      expect(await openFiles()).toHaveLength(128);
      await handles.forget(199);
      expect(await openFiles()).toHaveLength(127);
      await handles[Symbol.asyncDispose]();
      expect(await openFiles()).toEqual([]);
    },
  );

  it("passes on that a file cannot be opened, each time", async () => {
    const { clock } = standingClock();
    await using handles = new FileHandles({ disk: systemDisk, clock, flags: constants.O_RDONLY });
    for (let i = 0; i < 2; i++) {
      await expect(readOnce(handles, 1)).rejects.toMatchObject({ code: "ENOENT" });
    }
    await writeFile(join(folder, "1"), "x");
    await readOnce(handles, 1);
  });
});
