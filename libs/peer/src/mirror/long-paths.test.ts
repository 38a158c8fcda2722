/** Trees whose paths on the disk are longer than the system takes, in a share and in a mirror. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { mkdir, open, readFile, writeFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath, type ChunkId, type DrivePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, until, type PeerWorld } from "../testing/peer-world.ts";

const DATA = parsePath("/data");
/** So many of these fit in a path of the drive, and in no path of a disk with a folder above them. */
const LONG = "n".repeat(200);
const DEPTH = 20;
const TOO_LONG = "too long for this disk";

let world: PeerWorld;
let alice: Peer;
let bob: Peer;
let source: string;
let target: string;

beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
  bob = await world.peer("bob");
  source = await world.path("source");
  target = await world.path("t".repeat(100));
});
afterEach(async () => {
  // Node names the whole way to what it removes; `rm` goes there.
  await promisify(execFile)("rm", ["-rf", source, target]);
  await world[Symbol.asyncDispose]();
});

const deep = (depth: number, name: string): DrivePath =>
  parsePath(`/data/${`${LONG}/`.repeat(depth)}${name}`);

/** Makes folders in one another without ever naming the way to the innermost. */
async function makeDeep(folder: string, { depth, file }: { depth: number; file: string }) {
  let at: FileHandle = await open(folder, "r");
  for (let i = 0; i < depth; i++) {
    const inner = `/proc/self/fd/${at.fd}/${LONG}`;
    await mkdir(inner);
    const next = await open(inner, "r");
    await at.close();
    at = next;
  }
  await writeFile(`/proc/self/fd/${at.fd}/${file}`, file);
  await at.close();
}

async function put(path: DrivePath, text: string): Promise<void> {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  await alice.writer.putStream({ path, bytes, signal: AbortSignal.timeout(20_000) });
}

async function textOf(peer: Peer, path: DrivePath): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const bytes of peer.reader.read({ path })) pieces.push(bytes);
  return Buffer.concat(pieces).toString();
}

const textAt = (...names: string[]): Promise<string> =>
  readFile(join(target, ...names), "utf8").catch(() => "");
const problemsOf = (list: { problems: string[] }[]): string =>
  list.flatMap((one) => one.problems).join("\n");

describe.skipIf(process.platform !== "linux")("a path that is too long (needs /proc)", () => {
  it("in a share is told of, and the rest is published and stays", async () => {
    await makeDeep(source, { depth: DEPTH + 1, file: "deepest" });
    await writeFile(join(source, "plain"), "plain");
    await alice.shares.share({ local: source, path: DATA });
    expect(await textOf(bob, parsePath("/data/plain"))).toBe("plain");
    expect(problemsOf(alice.shares.list())).toContain(TOO_LONG);
    await writeFile(join(source, "more"), "more");
    // What cannot be watched is looked at when the peer starts anew, and every minute.
    await world.close("alice");
    alice = await world.peer("alice");
    await until(
      async () => (await textOf(bob, parsePath("/data/more")).catch(() => "")) === "more",
    );
    expect(await textOf(bob, parsePath("/data/plain"))).toBe("plain");
    expect(problemsOf(alice.shares.list())).toContain(TOO_LONG);
  });

  it("in a mirror is told of, and the rest is there", async () => {
    await put(deep(DEPTH, "f"), "deepest");
    await put(deep(1, "g"), "shallow");
    await put(parsePath("/data/plain"), "plain");
    await bob.mirrors.mirror({ path: DATA, local: target });
    await until(() => problemsOf(bob.mirrors.list()).includes(TOO_LONG));
    expect(await readFile(join(target, "plain"), "utf8")).toBe("plain");
    expect(await readFile(join(target, LONG, "g"), "utf8")).toBe("shallow");
    expect(await textOf(bob, deep(DEPTH, "f"))).toBe("deepest");
  });

  it("is not made by moving a directory in a mirror, which stays where it is", async () => {
    const rest = `${LONG}/`.repeat(DEPTH - 1);
    const [from, to] = [parsePath("/data/short"), parsePath(`/data/${LONG}`)];
    await put(parsePath(`/data/short/${rest}f`), "deepest");
    await put(parsePath("/data/short/g"), "shallow");
    await bob.mirrors.mirror({ path: DATA, local: target });
    const held = bob.chunks.runs(0 as ChunkId, 100);
    expect(held).toHaveLength(2);
    const allRead = async (): Promise<void> => {
      const texts = await Promise.all(held.map(async ({ first }) => bob.chunks.read(first)));
      expect(texts.map(String).toSorted()).toEqual(["deepest", "shallow"]);
    };
    const signal = AbortSignal.timeout(20_000);
    await alice.writer.move({ from, to, signal });
    await until(() => bob.mirrors.list()[0]?.state === "partial");
    expect(problemsOf(bob.mirrors.list())).toContain(TOO_LONG);
    await put(parsePath("/data/after"), "after");
    await until(async () => (await textAt("after")) === "after");
    expect(await textAt("short", rest, "f")).toBe("deepest");
    await allRead();
    await alice.writer.move({ from: to, to: from, signal });
    await until(() => bob.mirrors.list()[0]?.state === "complete");
    expect(await textAt("short", rest, "f")).toBe("deepest");
    expect(bob.mirrors.list()[0]?.problems).toEqual([]);
    await allRead();
  });
});
