/** Peers and an index whose addresses change are found again. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { folderContent, steadyContent } from "../world/folder-content.ts";
import { until } from "../world/settled.ts";
import { openWorld } from "../world/world.ts";

async function follows(from: string, to: string): Promise<void> {
  await until(
    async () => ({ ours: await folderContent(from), theirs: await steadyContent(to) }),
    ({ ours, theirs }) => JSON.stringify(ours) === JSON.stringify(theirs),
    { what: `${to} following ${from}`, timeoutMs: 60_000 },
  );
}

/** A port that was free: the index's, moved by some hundreds. */
function anotherPort({ ready }: Daemon): string {
  const port = Number(/\/tcp\/(\d+)/u.exec(ready?.listen[0] ?? "")?.[1]);
  return `/ip4/127.0.0.1/tcp/${port < 60_000 ? port + 777 : port - 777}`;
}

it("a sharer that comes back at another port, and an index that moved for good, are found", async () => {
  await using world = await openWorld("addresses");
  const [alice, bob] = [await world.join("alice"), await world.join("bob")];
  const [source, copy] = [world.path("source"), world.path("copy")];
  await mkdir(source);
  await writeFile(join(source, "first"), "1");
  await alice.call("share", { local: source, path: "/data" });
  await bob.call("mirror", { path: "/data", local: copy });
  const before = alice.ready?.listen;
  await alice.stop();
  await alice.start();
  expect(alice.ready?.listen).not.toEqual(before);
  await writeFile(join(source, "second"), "2");
  await follows(source, copy);
  await world.index.stop();
  const { link = "" } = await world.index.start("--listen", anotherPort(world.index));
  // The index's own link admits nobody: it only says where the index is now.
  for (const peer of [alice, bob]) {
    await peer.stop();
    await peer.start("--join", link);
  }
  await writeFile(join(source, "third"), "3");
  await follows(source, copy);
  await bob.stop();
  await bob.start();
  await writeFile(join(source, "fourth"), "4");
  await follows(source, copy);
});
