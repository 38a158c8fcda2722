/** Members that lie, members that are put out, and what the logs tell of it: with real processes. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { openIdentity, openLibp2pNetwork, type Network } from "@goliath/net";
import {
  CHUNKS_BOUNDS,
  CHUNKS_PROTOCOL,
  ChunksClient,
  serveChunks,
} from "@goliath/protocols/chunks";
import { connectHoldings, HOLDINGS_BOUNDS, HOLDINGS_PROTOCOL } from "@goliath/protocols/holdings";
import { INDEX_BOUNDS, INDEX_PROTOCOL, IndexClient } from "@goliath/protocols/index";
import { hasCode, type ChunkId, type PeerId } from "@goliath/protocols/nouns";
import { greet, parseLink, welcome, type Hello, type Welcome } from "@goliath/protocols/pass";
import { FrameStream, type FrameBounds } from "@goliath/protocols/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { folderContent } from "../world/folder-content.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const FILES = 20;
const CHUNKS_PER_FILE = 2;
const CHUNK_BYTES = 1024 * 1024;

let world: World;
let owner: Daemon;
/** All that admits somebody, to be looked for in the logs. */
const secrets: string[] = [];

beforeAll(async () => {
  world = await openWorld("liars");
  owner = await world.join("owner");
  await mkdir(world.path("shared"));
  for (let i = 0; i < FILES; i++) {
    const bytes = Buffer.alloc((CHUNKS_PER_FILE - 1) * CHUNK_BYTES + 1000 + i, `file ${i};`);
    await writeFile(world.path("shared", `file-${i}`), bytes);
  }
  await owner.call("share", { local: world.path("shared"), path: "/shared" });
});
afterAll(() => world[Symbol.asyncDispose]());

interface Outsider extends AsyncDisposable {
  network: Network;
  hello: Hello;
  shown: Required<Welcome>;
  index: IndexClient;
  open(peer: PeerId, protocol: string, bounds: FrameBounds): Promise<FrameStream>;
}

/** A member whose machine runs no Goliath of ours. */
async function openOutsider(name: string): Promise<Outsider> {
  const identity = await openIdentity(world.path(`${name}.key`));
  const listen = ["/ip4/127.0.0.1/tcp/0"];
  const network = await openLibp2pNetwork({ identity, listen, mdns: false, dht: false });
  const text = await world.invite("reader");
  const { drive, index, addresses, invite = new Uint8Array() } = parseLink(text);
  secrets.push(text.slice(text.indexOf("invite=") + "invite=".length));
  await network.learn(index, addresses);
  await network.learn(owner.ready?.peerId as PeerId, owner.ready?.listen ?? []);
  const frames = new FrameStream(await network.open(index, INDEX_PROTOCOL), INDEX_BOUNDS);
  const got = await greet(frames, { drive, name, invite });
  const shown = { pass: got.pass as Uint8Array, certificate: got.certificate as Uint8Array };
  secrets.push(...["hex", "base64", "base64url"].map((form) => textOf(shown.pass, form)));
  const hello = { drive, name, ...shown };
  return {
    network,
    hello,
    shown,
    index: new IndexClient(frames),
    open: async (peer, protocol, bounds) => {
      const stream = new FrameStream(await network.open(peer, protocol), bounds);
      await greet(stream, hello);
      return stream;
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}

/** The part of a pass that no other has: its signature. */
const textOf = (pass: Uint8Array, form: string): string =>
  Buffer.from(pass.subarray(-60)).toString(form as BufferEncoding);

/** A chunk id of the drive. */
async function someChunk({ index }: Outsider): Promise<ChunkId> {
  const { entries } = await index.resolve({ paths: ["/shared/file-0" as never] });
  const [entry] = entries;
  return (entry?.kind === "file" ? entry.extents[0]?.first : undefined) as ChunkId;
}

describe("a member that lies", () => {
  it("keeps nobody from the right bytes, and is asked no more once it was caught", async () => {
    await using liar = await openOutsider("liar");
    const first = await someChunk(liar);
    let asked = 0;
    await liar.network.handle(CHUNKS_PROTOCOL, async (stream) => {
      const frames = new FrameStream(stream, CHUNKS_BOUNDS);
      await welcome(frames, async () => liar.shown);
      await serveChunks(frames, {
        read: async () => Buffer.alloc(CHUNK_BYTES, ++asked),
        has: async ({ runs }) => runs,
        page: async () => ({ leaves: new Uint8Array(32), sums: new Uint8Array(32) }),
        push: async () => undefined,
      });
    });
    const peer = parseLink(await world.invite()).index;
    const holdings = connectHoldings(await liar.open(peer, HOLDINGS_PROTOCOL, HOLDINGS_BOUNDS), {
      holder: { prove: async () => undefined },
    });
    const beat = { name: "liar", capacityBytes: 0, freeBytes: 0, load: 0 };
    await holdings.heartbeat({ ...beat, addresses: liar.network.addresses() });
    await holdings.begin({ session: "lies" });
    const added = [{ first, count: FILES * CHUNKS_PER_FILE }];
    await holdings.report({ number: 1, full: true, added, removed: [] });
    const reader = await world.join("reader", { role: "reader" });
    await reader.call("mirror", { path: "/shared", local: world.path("mirror") });
    const mirrored = await folderContent(world.path("mirror"));
    expect(mirrored).toEqual(await folderContent(world.path("shared")));
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(FILES);
    await reader.stop();
  });
});

describe("a member that is revoked", () => {
  it("is cut off in the middle of reading, by the index and by other peers", async () => {
    await using outsider = await openOutsider("revoked");
    const id = await someChunk(outsider);
    const peer = owner.ready?.peerId as PeerId;
    const chunks = new ChunksClient(await outsider.open(peer, CHUNKS_PROTOCOL, CHUNKS_BOUNDS));
    expect((await chunks.read({ id })).length).toBeGreaterThan(0);
    await world.index.call("revoke", { peer: outsider.network.peerId });
    await Promise.all([chunks.closed, outsider.index.closed]);
    await expect(chunks.read({ id })).rejects.toMatchObject({ code: "closed" });
    // Its pass is good for a day, and shown in vain.
    await until(
      () => outsider.open(peer, CHUNKS_PROTOCOL, CHUNKS_BOUNDS).catch((error: unknown) => error),
      (error) => hasCode(error, "no-pass"),
      { what: "the refusal", timeoutMs: 20_000 },
    );
  });
});

describe("the logs", () => {
  it("hold no invite, no pass and no key of all that went on", async () => {
    const names = (await readdir(world.folder)).filter((name) => name.endsWith(".log"));
    const logs = await Promise.all(names.map((name) => readFile(world.path(name), "utf8")));
    const key = await readFile(world.path("owner", "peer.key"));
    secrets.push(key.toString("hex"), key.toString("base64"), key.toString("utf8").trim());
    expect(names.length).toBeGreaterThan(1);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(30);
      expect(logs.filter((text) => text.includes(secret))).toEqual([]);
    }
  });
});
