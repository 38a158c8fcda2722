import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { watchFolder } from "./folder-watcher.ts";

const noMounting =
  process.platform === "linux" && process.getuid?.() === 0 ? "" : " (skipped: mounting takes root)";

describe("watchFolder", () => {
  it.skipIf(noMounting !== "")(
    `ends in peace when its disk was unmounted, and watches the next one${noMounting}`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "goliath-watch-"));
      const mount = () => execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "test", folder]);
      const unmount = () => execFileSync("umount", ["-l", folder]);
      const onError = (error: Error): void => expect(error).toBeUndefined();
      try {
        mount();
        const first = await watchFolder(folder, { onPaths: () => undefined, onError });
        unmount();
        await expect(first[Symbol.asyncDispose]()).resolves.toBeUndefined();
        mount();
        const seen = Promise.withResolvers<string[]>();
        const second = await watchFolder(folder, { onPaths: seen.resolve, onError });
        await writeFile(join(folder, "new"), "x");
        expect(await seen.promise).toEqual([join(folder, "new")]);
        await second[Symbol.asyncDispose]();
      } finally {
        unmount();
        await rm(folder, { recursive: true });
      }
    },
  );
});
