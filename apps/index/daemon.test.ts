import { mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callControl, controlSocketPath } from "@goliath/kit";
import { identityFromSeed, openLibp2pNetwork } from "@goliath/net";
import { INDEX_BOUNDS, INDEX_PROTOCOL, IndexClient } from "@goliath/protocols/index";
import type { Role } from "@goliath/protocols/nouns";
import { greet, parseLink, verifyCertificate } from "@goliath/protocols/pass";
import { FrameStream } from "@goliath/protocols/wire";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { restoreIndex, startIndex, type IndexDaemon } from "./daemon.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const LISTEN = ["/ip4/127.0.0.1/tcp/0"];

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-index-"));
});

afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

const start = (): Promise<IndexDaemon> =>
  startIndex({ home, listen: LISTEN, mdns: false, dht: false });

const call = <Result>(method: string, params: object = {}): Promise<Result> =>
  callControl<Result>(controlSocketPath(home, "index"), method, params);

const invite = async (role: Role): Promise<string> => {
  const { link } = await call<{ link: string }>("invite", { role, expiresInMs: 60_000, uses: 1 });
  return link;
};

/** Uses the index once, as the peer number `seed`. */
async function visit<Result>(
  { seed, link }: { seed: number; link: string },
  work: (client: IndexClient) => Promise<Result>,
): Promise<Result> {
  const identity = identityFromSeed(new Uint8Array(32).fill(seed));
  await using network = await openLibp2pNetwork({ identity, listen: [], mdns: false, dht: false });
  const { drive, index, addresses, invite: token } = parseLink(link);
  await network.learn(index, addresses);
  const frames = new FrameStream(await network.open(index, INDEX_PROTOCOL), INDEX_BOUNDS);
  const shown = token ? { invite: token } : {};
  const { certificate } = await greet(frames, { drive, name: `peer ${seed}`, ...shown });
  expect(verifyCertificate(certificate ?? new Uint8Array(), drive).index).toBe(index);
  return await work(new IndexClient(frames));
}

/** Every file of a folder but the socket and the lock, which come and go. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => !/lock|sock|-shm$|-wal$/u.test(name));
  const contents = await Promise.all(
    names
      .toSorted()
      .map(async (name) => [name, (await readFile(join(folder, name))).toString("hex")]),
  );
  return Object.fromEntries(contents) as Record<string, string>;
}

const DAMAGES = [
  ["config.json", "{ not json"],
  ["config.json", "[]"],
  ["config.json", ""],
  ["config.json", '{"drive":"../../etc","ports":{}}'],
  ["index.key", "not a key"],
  ["index.key", ""],
  ["index.db", "no database, but longer than the header of one: ".repeat(4)],
] as const;

/** Where SQLite keeps `user_version`, 4 bytes. */
const FORMAT_AT = 60;

async function addToFormat(file: string, step: number): Promise<void> {
  const bytes = await readFile(file);
  bytes.writeUInt32BE(bytes.readUInt32BE(FORMAT_AT) + step, FORMAT_AT);
  await writeFile(file, bytes);
}

describe("startIndex", () => {
  it("makes a drive once and is the same index after a restart, at the same address", async () => {
    const first = await start();
    const { link, peerId, listen } = first.ready;
    await first.stop();
    await first.closed;
    await using second = await start();
    expect(second.ready).toEqual({ ready: true, link, peerId, listen });
    expect((await readdir(home)).toSorted()).toEqual(
      expect.arrayContaining(["config.json", "drive.key", "index.db", "index.key"]),
    );
  });

  it("refuses a home that another holds", async () => {
    await using _first = await start();
    await expect(start()).rejects.toEqual(code("locked"));
  });

  it("refuses a home of a newer format and leaves it as it is", async () => {
    const first = await start();
    await first.stop();
    const file = join(home, "index.db");
    await addToFormat(file, 1);
    const before = await contentOf(home);
    await expect(start()).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("use a newer one") as unknown,
    });
    expect(await contentOf(home)).toEqual(before);
    // Nothing holds the home: the newer program can start on it.
    await addToFormat(file, -1);
    await using _second = await start();
  });

  it("refuses a damaged home by the name of the file and changes nothing", async () => {
    const first = await start();
    await first.stop();
    for (const [name, text] of DAMAGES) {
      const good = await readFile(join(home, name));
      await writeFile(join(home, name), text);
      const before = await contentOf(home);
      await expect(start(), `${name}: ${text}`).rejects.toThrow(name);
      expect(await contentOf(home)).toEqual(before);
      await writeFile(join(home, name), good);
    }
    await using second = await start();
    expect(second.ready.link).toBe(first.ready.link);
  });

  it("admits over the real network, keeps members over a restart, and revokes", async () => {
    const first = await start();
    const { link } = first.ready;
    await expect(visit({ seed: 1, link }, (index) => index.drive())).rejects.toEqual(
      code("no-pass"),
    );
    const lease = await visit({ seed: 1, link: await invite("writer") }, (index) =>
      index.allocate({ count: 2 }),
    );
    await first.stop();
    await using _second = await start();
    const next = await visit({ seed: 1, link }, (index) => index.allocate({ count: 1 }));
    expect(next.first).toBeGreaterThan(lease.first + 1);
    const [member] = await call<{ peer: string; role: Role }[]>("members");
    expect(member).toMatchObject({ role: "writer" });
    await call("revoke", { peer: member?.peer });
    await expect(visit({ seed: 1, link }, (index) => index.drive())).rejects.toEqual(
      code("no-pass"),
    );
  });

  it("answers its control methods and stops when asked", async () => {
    const daemon = await start();
    const status = { drive: parseLink(daemon.ready.link).drive, revision: 0, peers: 0, members: 0 };
    expect(await call("status")).toMatchObject({ ...status, link: daemon.ready.link, files: 0 });
    expect(await call("peers")).toEqual([]);
    expect(await call("log", { limit: 10 })).toEqual([]);
    expect(await call("check")).toEqual({ problems: [] });
    await expect(call("invite", { role: "king", expiresInMs: 1, uses: 1 })).rejects.toEqual(
      code("bad-request"),
    );
    await expect(call("revoke", { peer: "nobody" })).rejects.toEqual(code("bad-request"));
    expect(await call("stop")).toEqual({});
    await daemon.closed;
  });
});

describe("startIndex without its store", () => {
  it("makes no empty drive in place of the one that is gone", async () => {
    const first = await start();
    await first.stop();
    await rename(join(home, "index.db"), join(home, "aside"));
    await expect(start()).rejects.toEqual(code("not-found"));
    await rename(join(home, "aside"), join(home, "index.db"));
    await using second = await start();
    expect(second.ready.link).toBe(first.ready.link);
  });
});

describe("restoreIndex", () => {
  it("brings a backup back under a generation that was never used", async () => {
    const to = join(home, "backup");
    const first = await start();
    const { link } = first.ready;
    await visit({ seed: 1, link: await invite("writer") }, (index) => index.allocate({ count: 7 }));
    expect(await call("backup", { to })).toMatchObject({ revision: 0 });
    await expect(call("backup", { to })).rejects.toEqual(code("exists"));
    // Every name of the drive is in it.
    expect((await stat(to)).mode & 0o777).toBe(0o600);
    await expect(restoreIndex({ home, from: to })).rejects.toEqual(code("locked"));
    await first.stop();
    expect(await restoreIndex({ home, from: to })).toEqual({ generation: 1, revision: 0 });
    expect(await restoreIndex({ home, from: to })).toEqual({ generation: 2, revision: 0 });
    await using second = await start();
    expect(second.ready.link).toBe(link);
    const { first: id } = await visit({ seed: 1, link }, (index) => index.allocate({ count: 1 }));
    expect(Math.floor(id / 2 ** 40)).toBe(2);
  });

  it("leaves the index as it was when there is no backup, or an empty one", async () => {
    const first = await start();
    await first.stop();
    const from = join(home, "nothing");
    await expect(restoreIndex({ home, from })).rejects.toEqual(code("not-found"));
    for (const text of ["", "no database, but somebody's words"]) {
      await writeFile(from, text);
      await expect(restoreIndex({ home, from })).rejects.toEqual(code("corrupt"));
    }
    await using second = await start();
    expect(second.ready.link).toBe(first.ready.link);
  });
});
