/** What the operator of a headless peer and of an index sees: settings, figures, health, limits. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";
import { parseExposition } from "../world/exposition.ts";

const MIB = 1024 * 1024;
const FILE_BYTES = 5 * MIB;
const UP_RATE = 2e6;
/** A share is begun in one commit and published in another. */
const REVISION = 2;
/** What a daemon has to end what is under way. */
const STOP_MS = 30_000;
const METRICS = ["--metrics", "0"];

let world: World;
let alice: Daemon;
let bob: Daemon;

beforeAll(async () => {
  world = await openWorld("operator", (name) => ({
    args: ["--listen", "/ip4/127.0.0.1/tcp/0", "--no-mdns", ...(name === "index" ? METRICS : [])],
  }));
  alice = world.peer("alice");
  await mkdir(alice.home);
  const settings = `
    [peer]
    join = "${await world.invite()}"
    metrics = "127.0.0.1:0"
    capacity = "10GB"
    reserve = "1%"
    labels = ["region=eu"]
    [bandwidth]
    up = "${UP_RATE / 1e6}MB/s"`;
  await writeFile(join(alice.home, "config.toml"), settings);
  await alice.start();
  bob = await world.join("bob");
  await mkdir(world.path("private-name"));
  await writeFile(world.path("private-name", "secret-file"), Buffer.alloc(FILE_BYTES, "x"));
  await alice.call("share", { local: world.path("private-name"), path: "/data" });
});
afterAll(() => world[Symbol.asyncDispose]());

async function get(daemon: Daemon, page: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${daemon.ready?.metrics}${page}`);
  return { status: response.status, text: await response.text() };
}

async function figures(daemon: Daemon): Promise<Map<string, number>> {
  const { status, text } = await get(daemon, "/metrics");
  expect(status).toBe(200);
  // Figures only: nothing of what is where, and of who is who.
  for (const secret of ["private-name", "secret-file", "/data", "alice", "bob"])
    expect(text).not.toContain(secret);
  for (const { ready } of [alice, bob, world.index]) expect(text).not.toContain(ready?.peerId);
  return parseExposition(text);
}

describe("a peer's limit", () => {
  it("holds for what it sends, and goes when it is set anew", async () => {
    const startMs = Date.now();
    await bob.call("mirror", { path: "/data", local: world.path("copy") });
    // What the first second's bucket does not hold comes at the rate.
    const leastMs = ((FILE_BYTES - UP_RATE - MIB) / UP_RATE) * 1000;
    expect(Date.now() - startMs).toBeGreaterThan(leastMs);
    expect(await alice.goliath("limits")).toMatchObject({
      code: 0,
      stdout: "up    2000000\ndown  unlimited\n",
    });
    const set = await alice.goliath("limits", "--up", "unlimited", "--down", "1MB/s");
    expect(set.stdout).toBe("up    unlimited\ndown  1000000\n");
    expect((await alice.goliath("limits", "--reset")).stdout).toContain("up    2000000\n");
  });
});

describe("/metrics", () => {
  it("of a peer says what it holds, sent and pledged", async () => {
    const found = await figures(alice);
    expect(found.get("goliath_peer_index_connected")).toBe(1);
    expect(found.get("goliath_peer_index_revision")).toBe(REVISION);
    expect(found.get("goliath_peer_chunks")).toBe(FILE_BYTES / MIB);
    // The index has read some back besides.
    expect(found.get("goliath_peer_sent_bytes_total")).toBeGreaterThanOrEqual(FILE_BYTES);
    expect(found.get("goliath_peer_sent_chunks_total")).toBeGreaterThanOrEqual(FILE_BYTES / MIB);
    expect(found.get("goliath_peer_capacity_bytes")).toBe(10e9);
    expect(found.get("goliath_peer_capacity_free_bytes")).toBeGreaterThan(0);
    expect(found.get("goliath_peer_rotten_chunks_total")).toBe(0);
    const reserve = found.get("goliath_peer_reserve_bytes") ?? 0;
    expect(reserve / (found.get("goliath_peer_disk_size_bytes") ?? 1)).toBeCloseTo(0.01);
    expect(found.get('goliath_peer_shares{state="following"}')).toBe(1);
    expect(found.get("goliath_peer_mirror_lag_revisions")).toBe(0);
    expect(found.get('goliath_peer_limit_bytes_per_second{direction="up"}')).toBe(UP_RATE);
    expect(found.get('goliath_peer_limit_bytes_per_second{direction="down"}')).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(found.get("process_resident_memory_bytes")).toBeGreaterThan(MIB);
  });

  it("of an index says what the drive is and who is there", async () => {
    const found = await figures(world.index);
    expect(found.get("goliath_index_revision")).toBe(REVISION);
    expect(found.get("goliath_index_members")).toBe(2);
    expect(found.get("goliath_index_peers_online")).toBe(2);
    expect(found.get("goliath_index_files")).toBe(1);
    expect(found.get("goliath_index_file_bytes")).toBe(FILE_BYTES);
    const holders = await until(
      () => figures(world.index),
      (now) => now.get("goliath_index_holders") === 2,
      { what: "both reporting what they hold" },
    );
    expect(holders.get("goliath_index_held_chunks")).toBe((2 * FILE_BYTES) / MIB);
    expect(holders.get("goliath_index_capacity_bytes")).toBe(10e9);
    expect(holders.get("goliath_index_keepers")).toBe(1);
  });
});

describe("a peer that is told to stop amid an upload", () => {
  it("ends in time with exit code 0, and the upload goes on when it is back", async () => {
    // No two chunks alike: what is on a disk already is not fetched again.
    const another = Buffer.alloc(FILE_BYTES);
    for (let at = 0; at < FILE_BYTES; at += 4096) another.writeUInt32LE(at, at);
    // Slow enough that it cannot end meanwhile; the next start knows nothing of it.
    await alice.call("limits", { up: 50_000 });
    await writeFile(world.path("private-name", "another"), another);
    await until(
      () => figures(alice),
      (now) => (now.get('goliath_peer_transfers_waiting{direction="up"}') ?? 0) > 0,
      { what: "an upload under way" },
    );
    const startMs = Date.now();
    expect(await alice.stop()).toBe(0);
    expect(Date.now() - startMs).toBeLessThan(STOP_MS);
    await alice.start();
    await until(
      () => readFile(world.path("copy", "another")).catch(() => Buffer.of()),
      (bytes) => bytes.equals(another),
      { what: "the upload going on" },
    );
  });
});

describe("/readyz", () => {
  it("of a peer follows the connection to its index, which /healthz does not", async () => {
    expect(await get(world.index, "/readyz")).toEqual({ status: 200, text: "store open: ok\n" });
    expect(await get(alice, "/readyz")).toMatchObject({ status: 200 });
    await world.index.stop();
    const away = await until(
      () => get(alice, "/readyz"),
      ({ status }) => status === 503,
    );
    expect(away.text).toBe("stores open: ok\nindex connected: not yet\n");
    expect(await get(alice, "/healthz")).toEqual({ status: 200, text: "ok\n" });
    expect((await figures(alice)).get("goliath_peer_index_connected")).toBe(0);
    await world.index.start();
    await until(
      () => get(alice, "/readyz"),
      ({ status }) => status === 200,
    );
  });
});
