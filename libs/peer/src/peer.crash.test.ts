/** A peer that starts and puts on a disk that loses power, is full, or fails: at every call. */
import {
  breakEveryCall,
  crashAtEveryCall,
  fillAtEveryCall,
  type Trial,
} from "@goliath/kit/simulated-disk";
import { GoliathError, parsePath } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import type { Peer } from "./peer.ts";
import { openPeerWorld, TEST_CHUNK_BYTES, type PeerWorld } from "./testing/peer-world.ts";

/** Every call in turn takes minutes: a part of them each time, another one for each seed. */
const STEP = 7;
const SOURCE = "/user/tree";
const PATH = "/tree";
const TEXTS: Record<string, string> = {
  a: "a".repeat(TEST_CHUNK_BYTES + 100),
  "sub/b": "b",
};
const { signal } = new AbortController();

interface World extends Trial {
  peers: PeerWorld;
  /** Whether the put was said to be done. */
  told: boolean;
}

async function prepare(trial: Trial): Promise<World> {
  const { disk } = trial;
  const peers = await openPeerWorld();
  disk.makeDirectory(await peers.path("peer"));
  disk.makeDirectory(`${SOURCE}/sub`);
  for (const [path, text] of Object.entries(TEXTS)) disk.write(`${SOURCE}/${path}`, text);
  disk.syncAll();
  const world = { ...trial, peers, told: false };
  // It has joined before: an invite is for one time.
  await open(world);
  await peers.close("peer");
  return world;
}

function open({ disk, peers }: World): Promise<Peer> {
  const process = disk.process("peer");
  return peers.peer("peer", { disk: process, watch: process.watch });
}

async function work(world: World): Promise<void> {
  const peer = await open(world);
  await peer.writer.put({ local: SOURCE, path: parsePath(PATH), signal });
  world.told = true;
  await world.peers.close("peer");
}

async function textOf(peer: Peer, path: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of peer.reader.read({ path: parsePath(path), signal })) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** What is in the drive is all there, with its bytes, from the next start on; and it goes on. */
async function expectWhole(world: World): Promise<void> {
  const { peers, told } = world;
  peers.lose("peer");
  const peer = await open(world);
  const { entry } = await peer.reader.resolve({ path: parsePath(PATH), signal });
  if (told) expect(entry).toBeDefined();
  const again = { local: SOURCE, path: parsePath("/again"), signal };
  await peer.writer.put(again);
  for (const at of entry ? [PATH, "/again"] : ["/again"]) {
    for (const [path, text] of Object.entries(TEXTS))
      expect((await textOf(peer, `${at}/${path}`)) === text, `${at}/${path}`).toBe(true);
  }
  await peers[Symbol.asyncDispose]();
}

describe("a peer", () => {
  it("starts after a power cut at any moment with all that it put", async () => {
    await crashAtEveryCall({ seeds: [1, 2], step: STEP, prepare, work, check: expectWhole });
  });

  it.each([
    ["full, from any moment on", fillAtEveryCall, "full"],
    ["failing, whatever call it is", breakEveryCall, "disk-fault"],
  ] as const)("says so when its disk is %s, and goes on after", async (_, disturb, code) => {
    await disturb({
      seeds: [1],
      step: STEP,
      prepare,
      work,
      check: async (world, { error }) => {
        if (error !== undefined) {
          // Behind what a program asked for there may be the disk, which is told then.
          const { code: told, cause, message } = GoliathError.from(error);
          const first = told === "unavailable" ? GoliathError.from(cause).code : told;
          expect([code, "changed", "unverified", "corrupt"], message).toContain(first);
        }
        world.disk.leave(2 ** 40);
        world.disk.crash();
        await expectWhole(world);
      },
    });
  });
});
