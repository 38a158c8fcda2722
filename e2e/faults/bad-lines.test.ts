/** A holder behind a line that stalls, or cuts: the transfer goes on with another holder. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { folderContent } from "../world/folder-content.ts";
import { until } from "../world/settled.ts";
import { freePort, openProxy, type ProxyFaults } from "../world/tcp-proxy.ts";
import { openWorld } from "../world/world.ts";

const MIB = 1024 * 1024;
const FILE_BYTES = 32 * MIB;
/** Silence is noticed within 20 s; what was asked of the silent one is asked again then. */
const DONE_MS = 60_000;
/** What was asked of the bad holder and had not come: at most 24 chunks of a file are asked at once. */
const AGAIN_BYTES_MAX = 24 * MIB;

interface Status {
  transfers: { downBytes: number };
}

async function downloaded(peer: Daemon): Promise<number> {
  return (await peer.call<Status>("status")).transfers.downBytes;
}

it.each<[string, ProxyFaults]>([
  ["falls silent", { stalled: true }],
  ["is cut again and again", { cutAfterBytes: 0 }],
])("a mirror goes on elsewhere when the line of one of two holders %s", async (_what, faults) => {
  await using world = await openWorld("lines");
  const port = await freePort();
  await using proxy = await openProxy(port);
  const address = (at: number): string => `/ip4/127.0.0.1/tcp/${at}`;
  const alice = await world.join("alice", {
    args: ["--listen", address(port), "--announce", address(proxy.port)],
  });
  const bob = await world.join("bob");
  const source = world.path("source");
  await mkdir(source);
  await writeFile(join(source, "big"), Buffer.alloc(FILE_BYTES, "goliath's bytes "));
  for (let at = 0; at < 40; at++) await writeFile(join(source, `${at}`), `small ${at}`);
  await alice.call("share", { local: source, path: "/data" });
  await bob.call("mirror", { path: "/data", local: world.path("bob-copy") });
  await until(
    () => bob.call<{ fewest: number }>("copies", { path: "/data" }),
    ({ fewest }) => fewest >= 2,
    { what: "two holders" },
  );
  const carol = await world.join("carol");
  proxy.faults = { delayMs: 20, bytesPerSecond: 2 * MIB };
  const mirrored = carol.call("mirror", { path: "/data", local: world.path("carol-copy") });
  await until(
    () => downloaded(carol),
    (bytes) => bytes > MIB,
    { what: "carol's transfer" },
  );
  proxy.faults = faults;
  const startMs = performance.now();
  await mirrored;
  expect(performance.now() - startMs).toBeLessThan(DONE_MS);
  expect(await folderContent(world.path("carol-copy"))).toEqual(await folderContent(source));
  expect(await downloaded(carol)).toBeLessThan(FILE_BYTES + AGAIN_BYTES_MAX);
});
