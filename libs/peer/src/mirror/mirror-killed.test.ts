/** A mirror that died between putting files in place and recording them. */
import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemDisk, type Disk } from "@goliath/kit";
import { parsePath } from "@goliath/protocols/nouns";
import { openPeerWorld, type PeerWorld } from "../testing/peer-world.ts";

const DATA = parsePath("/data");
const NAMES = ["newer", "removed", "edited", "same", "still"];

let world: PeerWorld;
beforeEach(async () => {
  world = await openPeerWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

/** Links all names, of which nobody hears; from then on nothing reaches the disk. */
function dyingDisk(): Disk {
  let links = 0;
  const killed = Promise.withResolvers<never>();
  killed.promise.catch(() => undefined);
  const link: Disk["link"] = async (from, to) => {
    await systemDisk.link(from, to);
    if (++links === NAMES.length) killed.reject(new Error("killed"));
    await killed.promise;
  };
  const mortal = <Thing extends object>(thing: Thing): Thing =>
    new Proxy(thing, {
      get: (of, name) => {
        if (links === NAMES.length) return () => Promise.reject(new Error("dead"));
        const value: unknown = Reflect.get(of, name);
        return typeof value === "function" ? value.bind(of) : value;
      },
    });
  const open: Disk["open"] = async (...args) => mortal(await systemDisk.open(...args));
  return mortal({ ...systemDisk, link, open });
}

describe("a mirror that was killed with files in place and not recorded", () => {
  it("knows them as its own, but for those the user edited meanwhile", async () => {
    const alice = await world.peer("alice");
    const [source, target] = [await world.path("source"), await world.path("target")];
    for (const name of NAMES) await writeFile(join(source, name), `first ${name}`);
    await alice.shares.share({ local: source, path: DATA });
    const killed = await world.peer("bob", { disk: dyingDisk() });
    killed.mirrors.mirror({ path: DATA, local: target }).catch(() => undefined);
    const areLinked = (): boolean => NAMES.every((name) => existsSync(join(target, name)));
    await expect.poll(areLinked, { timeout: 20_000 }).toBe(true);
    await world.close("bob");
    await writeFile(join(target, "edited"), "the user's edit");
    await writeFile(join(source, "newer"), "second newer");
    await writeFile(join(source, "edited"), "second edited");
    await rm(join(source, "removed"));
    const root = parsePath("/data/removed");
    await expect
      .poll(async () => (await alice.reader.resolve({ path: root })).entry, { timeout: 20_000 })
      .toBe(undefined);
    await expect
      .poll(async () => (await alice.reader.resolve({ path: parsePath("/data/edited") })).entry)
      .toMatchObject({ size: "second edited".length });
    const bob = await world.peer("bob");
    await bob.mirrors.mirror({ path: DATA, local: target });
    const names = (await readdir(target)).filter((name) => name !== ".goliath").toSorted();
    const [conflict = "none"] = names.filter((name) => name.includes(".conflict-"));
    expect(names).toEqual(["edited", conflict, "newer", "same", "still"]);
    expect(await readFile(join(target, "newer"), "utf8")).toBe("second newer");
    expect(await readFile(join(target, "edited"), "utf8")).toBe("second edited");
    expect(await readFile(join(target, conflict), "utf8")).toBe("the user's edit");
    expect(await readFile(join(target, "same"), "utf8")).toBe("first same");
    expect(await readdir(join(target, ".goliath/tmp"))).toEqual([]);
  });
});
