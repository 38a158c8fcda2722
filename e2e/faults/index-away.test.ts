/** The index stopped: what a peer mirrors it reads on, changes are refused, and all goes on later. */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

/** Exit code of what passes by itself. */
const UNAVAILABLE = 6;
/** More chunks than bring their digests with the entry. */
const BIG = Buffer.alloc(17 * 1024 * 1024 + 7, "seventeen chunks and a bit");

let world: World;
let alice: Daemon;
let bob: Daemon;
let source: string;

beforeAll(async () => {
  world = await openWorld("index-away");
  [alice, bob] = await Promise.all([world.join("alice"), world.join("bob")]);
  source = world.path("source");
  await mkdir(join(source, "sub"), { recursive: true });
  await writeFile(join(source, "small"), "words");
  await writeFile(join(source, "sub/big"), BIG);
  await alice.call("share", { local: source, path: "/data" });
  await bob.call("mkdir", { path: "/elsewhere" });
  await bob.call("mirror", { path: "/data", local: world.path("copy") });
  await world.index.stop();
});
afterAll(() => world[Symbol.asyncDispose]());

describe("an index that stays away", () => {
  it("leaves a mirror's peer reading what it mirrors, also after it started anew", async () => {
    await Promise.all([alice.stop(), bob.stop()]);
    await bob.start();
    const small = await bob.goliath("cat", "/data/small");
    expect(small).toMatchObject({ code: 0, stdout: "words" });
    expect(BIG.equals(await bob.bytes("cat", { path: "/data/sub/big" }))).toBe(true);
    const list = await bob.call<{ entries: { name: string }[] }>("ls", { path: "/data" });
    expect(list.entries.map(({ name }) => name)).toEqual(["small", "sub"]);
  });

  it("says of a change and of what is not mirrored that it cannot be reached", async () => {
    const made = await bob.goliath("mkdir", "/data/made");
    expect(made.code).toBe(UNAVAILABLE);
    expect(made.stderr).toMatch(/index cannot be reached.*nothing was changed/u);
    expect(made.stderr).toMatch(/goliath status/u);
    await expect(bob.call("ls", { path: "/elsewhere" })).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  it("is taken up again by itself when it is back", async () => {
    await Promise.all([world.index.start(), alice.start()]);
    await writeFile(join(source, "later"), "more words");
    await rm(join(source, "small"));
    const copied = await until(
      () => readdir(world.path("copy")),
      (names) => names.includes("later") && !names.includes("small"),
      { what: "the mirror going on" },
    );
    expect(copied).toContain("sub");
    await bob.call("mkdir", { path: "/elsewhere/made" });
    await expect(bob.call("cat", { path: "/data/small" })).rejects.toThrow();
  });
});
