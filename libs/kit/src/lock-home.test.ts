import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemDisk } from "./disk/system-disk.ts";
import { lockHome } from "./lock-home.ts";

let home: string;
beforeEach(async () => {
  home = join(await mkdtemp(join(tmpdir(), "goliath-lock-")), "new", "home");
});
afterEach(async () => {
  await rm(join(home, "..", ".."), { recursive: true });
});

const HOLDER = `
import { lockHome } from ${JSON.stringify(new URL("lock-home.ts", import.meta.url).href)};
import { systemDisk } from ${JSON.stringify(new URL("disk/system-disk.ts", import.meta.url).href)};
globalThis.held = await lockHome(process.argv[1], { disk: systemDisk, role: "peer" });
process.stdout.write("held");
setInterval(() => undefined, 1000);
`;

describe("lockHome", () => {
  it("makes the home for its owner alone", async () => {
    await using lock = await lockHome(home, { disk: systemDisk, role: "peer" });
    expect((await stat(lock.home)).mode & 0o777).toBe(0o700);
  });

  it("names the lock that is not ours to open", async () => {
    const file = join(home, "peer.lock");
    await mkdir(file, { recursive: true });
    await expect(lockHome(home, { disk: systemDisk, role: "peer" })).rejects.toMatchObject({
      code: "forbidden",
      about: { file },
    });
  });

  it("refuses a second holder of the role and names the home", async () => {
    await using _lock = await lockHome(home, { disk: systemDisk, role: "peer" });
    await expect(lockHome(home, { disk: systemDisk, role: "peer" })).rejects.toMatchObject({
      code: "locked",
      about: { home },
      message: expect.stringContaining(home),
    });
  });

  it("lets another role into the same home", async () => {
    await using _peer = await lockHome(home, { disk: systemDisk, role: "peer" });
    await using index = await lockHome(home, { disk: systemDisk, role: "index" });
    expect(index.home).toBe(home);
  });

  it("is free again once disposed", async () => {
    await (await lockHome(home, { disk: systemDisk, role: "peer" }))[Symbol.asyncDispose]();
    await using again = await lockHome(home, { disk: systemDisk, role: "peer" });
    expect(again.home).toBe(home);
  });

  it("is free again once its process was killed", async () => {
    const holder = spawn(process.execPath, ["--input-type=module", "-e", HOLDER, "--", home]);
    await once(holder.stdout, "data");
    await expect(lockHome(home, { disk: systemDisk, role: "peer" })).rejects.toMatchObject({
      code: "locked",
    });
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await using again = await lockHome(home, { disk: systemDisk, role: "peer" });
    expect(again.home).toBe(home);
  });
});
