/** A home's first run, from the web UI's side: real daemons in this process, on loopback. */
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callControl, controlSocketPath, silentLog, systemClock } from "@goliath/kit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Daemon, PeerReady, StartPeerOptions } from "./daemons.ts";
import { startHomeIndex } from "./home-index.ts";
import { startPeerHome } from "./peer-home.ts";

const LISTEN = ["/ip4/127.0.0.1/tcp/0"];
/** Longest that anything here takes, on a machine ten times too busy. */
const UNTIL_MS = 60_000;

vi.setConfig({ testTimeout: UNTIL_MS, hookTimeout: UNTIL_MS });

let home: string;
let daemons: Daemon<PeerReady>[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-web-peer-"));
  daemons = [];
});
afterEach(async () => {
  for (const daemon of daemons) await daemon.stop();
  await rm(home, { recursive: true });
});

const indexOptions = { listen: LISTEN, mdns: false };

async function start(options: Partial<StartPeerOptions> = {}): Promise<Daemon<PeerReady>> {
  const http = { listen: { host: "127.0.0.1", port: 0 } };
  const own = { home, listen: LISTEN, mdns: false, name: "machine", log: silentLog };
  const daemon = await startPeerHome({ ...own, http, index: indexOptions, ...options });
  daemons.push(daemon);
  return daemon;
}

/** The last line of what the page is answered. */
async function ask({ ready }: Daemon<PeerReady>, method: string, params: object = {}) {
  const address = new URL(String(ready.http));
  const token = address.hash.slice("#token=".length);
  const response = await fetch(new URL(`/api/v1/${method}`, address), {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(params),
  });
  const lines = (await response.text()).trim().split("\n");
  return JSON.parse(lines.at(-1) ?? "") as { result?: unknown; error?: { code: string } };
}

const READY = { result: { state: "ready", homeHasIndex: true } };

it("a home without a drive serves the page, which creates one that goes on after restarts", async () => {
  const first = await start();
  expect(first.ready).toMatchObject({ ready: true, setup: "new", listen: [] });
  expect(await ask(first, "setup")).toEqual({ result: { state: "new", homeHasIndex: false } });
  for (const method of ["status", "ls", "ticket", "watch", "nothing"]) {
    const refused = await ask(first, method, { path: "/" });
    expect(refused, method).toMatchObject({ error: { code: "no-pass" } });
  }
  const both = [ask(first, "createDrive", { name: "anna" }), ask(first, "createDrive")];
  const answers = await Promise.all(both);
  expect(answers).toContainEqual(READY);
  expect(answers).toContainEqual({ error: expect.objectContaining({ code: "busy" }) });
  expect(await ask(first, "status")).toMatchObject({ result: { name: "anna", role: "admin" } });
  expect(await ask(first, "createDrive")).toMatchObject({ error: { code: "exists" } });
  expect(await ask(first, "mkdir", { path: "/a" })).toMatchObject({ result: {} });
  await first.stop();

  const again = await start();
  expect(await ask(again, "setup")).toEqual(READY);
  expect(await ask(again, "mkdir", { path: "/b" })).toMatchObject({ result: {} });
  // An open page goes on.
  expect(new URL(String(again.ready.http)).hash).toBe(new URL(String(first.ready.http)).hash);
  expect((await stat(join(home, "web.json"))).mode & 0o777).toBe(0o600);
  await again.stop();

  const own = { home, listen: LISTEN, mdns: false, index: indexOptions, log: silentLog };
  daemons.push(await startPeerHome(own));
  await callControl(controlSocketPath(home, "peer"), "mkdir", { path: "/c" });
});

it("a drive whose creation was cut short is there after the next start", async () => {
  // As a kill leaves it that came as early as can be.
  await writeFile(join(home, "web.json"), JSON.stringify({ runsIndex: true }));
  const daemon = await start();
  expect(await ask(daemon, "setup")).toEqual(READY);
  await daemon.stop();
  // And one that came when the index was there and the peer was not in.
  await rm(join(home, "peer.db"));
  await rm(join(home, "peer.key"));
  expect(await ask(await start(), "setup")).toEqual(READY);
});

it(
  "a page joins with a link, waits for an index that is away, and says what is wrong",
  async () => {
    const indexHome = join(home, "index");
    const index = await startHomeIndex({ home: indexHome, ...indexOptions, log: silentLog });
    const socket = controlSocketPath(indexHome, "index");
    const { link } = await callControl<{ link: string }>(socket, "invite", {
      role: "writer",
      expiresInMs: UNTIL_MS,
      uses: 1,
    });
    await index.stop();
    const peerHome = join(home, "peer");
    const daemon = await start({ home: peerHome });
    expect(await ask(daemon, "join", { link: "x" })).toMatchObject({
      error: { code: "bad-invite" },
    });
    expect(await ask(daemon, "setup")).toMatchObject({ result: { state: "new" } });
    expect(await ask(daemon, "join", { link, name: "bob" })).toMatchObject({
      result: { state: "joining", problem: expect.any(String) },
    });
    const back = await startHomeIndex({ home: indexHome, mdns: false, log: silentLog });
    try {
      const endMs = systemClock.monotonicMs() + UNTIL_MS;
      for (let state = ""; state !== "ready";) {
        expect(systemClock.monotonicMs()).toBeLessThan(endMs);
        ({ state } = (await ask(daemon, "setup")).result as { state: string });
        await systemClock.sleep(100);
      }
      expect(await ask(daemon, "status")).toMatchObject({
        result: { name: "bob", role: "writer" },
      });
      const kept = JSON.parse(await readFile(join(peerHome, "web.json"), "utf8")) as object;
      expect(kept).not.toHaveProperty("runsIndex");
      // What was used up lets nobody else in.
      const other = await start({ home: join(home, "other") });
      expect(await ask(other, "join", { link })).toMatchObject({ error: { code: "bad-invite" } });
      expect(await ask(other, "setup")).toMatchObject({ result: { state: "new" } });
    } finally {
      await back.stop();
    }
  },
  UNTIL_MS,
);

it("a home whose page is served is locked to others", async () => {
  await start();
  await expect(start()).rejects.toMatchObject({ code: "locked" });
});
