/** Homes of earlier formats, opened by today's code: nothing is lost, and all goes on. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { folderContent, steadyContent } from "../world/folder-content.ts";
import { until } from "../world/settled.ts";
import type { World } from "../world/world.ts";
import { formatOf, openOldWorld } from "../old-homes/old-world.ts";

interface Status {
  peerId: string;
  drive: string;
  shares: { path: string; state: string; problems: string[] }[];
  mirrors: { path: string; state: string; revision: number; problems: string[] }[];
}

/** Which format a peer's database of each has. */
const KEPT = [
  ["format-1", 1],
  ["format-2", 2],
] as const;

async function sameFolders(world: World): Promise<void> {
  await until(
    async () => ({
      ours: await folderContent(world.path("source")),
      theirs: await steadyContent(world.path("copy")),
    }),
    ({ ours, theirs }) => JSON.stringify(ours) === JSON.stringify(theirs),
    { what: "the mirror following the share" },
  );
}

const read = async (peer: Daemon, path: string): Promise<string> =>
  (await peer.bytes("cat", { path })).toString();

describe.each(KEPT)("homes of %s", (name, format) => {
  it("are opened: the share and the mirror go on, and nothing is lost", async () => {
    await using world = await openOldWorld(name);
    const [alice, bob] = [world.peer("alice"), world.peer("bob")];
    expect([formatOf(alice.home), formatOf(bob.home)]).toEqual([format, format]);
    const before = await folderContent(world.path("source"));
    const { link = "" } = await world.index.start();
    const members = await world.index.call<unknown[]>("members");
    expect(members).toHaveLength(2);
    // The index may be at another port by now; no new invite is needed.
    await Promise.all([alice.start("--join", link), bob.start("--join", link)]);

    // What changed while either was away has come.
    await sameFolders(world);
    expect(await folderContent(world.path("source"))).toEqual(before);
    expect(await readdir(world.path("copy"))).toEqual(expect.arrayContaining(["alice-is-gone"]));
    expect(await read(bob, "/stored/note")).toBe("put, not shared\n");
    expect((await readFile(world.path("copy/deep/large"))).length).toBe(2 ** 20 + 5);

    // And what changes now.
    await writeFile(world.path("source", "today"), "written today\n");
    await sameFolders(world);
    await bob.call("put", { local: world.path("note"), path: "/from-bob" });
    expect(await read(alice, "/from-bob")).toBe("put, not shared\n");
    const [ours, theirs] = [await alice.call<Status>("status"), await bob.call<Status>("status")];
    expect(ours.shares).toMatchObject([{ path: "/data", state: "following", problems: [] }]);
    expect(theirs.mirrors).toMatchObject([{ path: "/data", state: "complete", problems: [] }]);
    expect(await world.index.call("check")).toEqual({ problems: [] });
    expect(await world.index.call<unknown[]>("members")).toEqual(members);

    // Once brought to today's format they are opened again as any other.
    await bob.stop();
    expect(formatOf(bob.home)).toBeGreaterThanOrEqual(format);
    await bob.start();
    await writeFile(world.path("source", "again"), "written after another start\n");
    await sameFolders(world);
  });
});
