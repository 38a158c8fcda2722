/** Where a mirror may not be, and which mirror a folder has. */
import { existsSync } from "node:fs";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, type PeerWorld } from "../testing/peer-world.ts";

const DATA = parsePath("/data");
let world: PeerWorld;
let peer: Peer;
let source: string;

beforeEach(async () => {
  world = await openPeerWorld();
  peer = await world.peer("peer");
  source = await world.path("source");
  await mkdir(join(source, "in"));
  await writeFile(join(source, "in/file"), "x");
  await peer.shares.share({ local: source, path: DATA });
});
afterEach(() => world[Symbol.asyncDispose]());

const mirror = (local: string) => peer.mirrors.mirror({ path: parsePath("/data/in"), local });

describe("Mirrors refuse", () => {
  it("a folder in a share, around one, or in the home, and leave nothing there", async () => {
    const locals = [source, join(source, "in"), join(source, "new"), world.folder];
    for (const local of [...locals, await world.path("peer", "mirrors")])
      await expect(mirror(local)).rejects.toMatchObject({ code: "exists" });
    expect(await readdir(source)).toEqual(["in"]);
  });

  it("a folder that links or dots lead to", async () => {
    const [alias, home] = [join(world.folder, "alias"), join(world.folder, "home-alias")];
    await symlink(source, alias);
    await symlink(join(world.folder, "peer"), home);
    for (const local of [alias, join(alias, "new"), join(home, "new"), `${alias}/../source/new`])
      await expect(mirror(local)).rejects.toMatchObject({ code: "exists" });
    expect(await readdir(source)).toEqual(["in"]);
    expect(existsSync(join(world.folder, "peer/new"))).toBe(false);
  });

  it("a file, and a folder in another mirror", async () => {
    await writeFile(join(world.folder, "file"), "x");
    const local = join(world.folder, "file");
    await expect(mirror(local)).rejects.toMatchObject({ code: "not-a-directory" });
    const target = await world.path("target");
    await mirror(target);
    await expect(mirror(join(target, "below"))).rejects.toMatchObject({ code: "exists" });
  });

  it("a share in a mirror, also behind a link", async () => {
    const target = await world.path("target");
    await mirror(target);
    await symlink(target, join(world.folder, "alias"));
    const share = (local: string) => peer.shares.share({ local, path: parsePath("/other") });
    await mkdir(join(target, "mine"));
    for (const local of [target, join(target, "mine"), join(world.folder, "alias/mine")])
      await expect(share(local)).rejects.toMatchObject({ code: "exists" });
  });
});

describe("a mirror", () => {
  it("is found again and ended through a link to its folder", async () => {
    const target = await world.path("target");
    const alias = join(world.folder, "alias");
    await symlink(target, alias);
    await mirror(alias);
    expect(await mirror(target)).toMatchObject({ local: target, state: "complete" });
    expect(peer.mirrors.list()).toHaveLength(1);
    await peer.mirrors.unmirror({ local: alias });
    expect(await readdir(target)).toEqual(["file"]);
  });
});
