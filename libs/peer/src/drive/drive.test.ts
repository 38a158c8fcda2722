import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseChunkId, parsePath, parseRevision, ROOT_PATH } from "@goliath/protocols/nouns";
import { openPeerWorld, TEST_CHUNK_BYTES, type PeerWorld } from "../testing/peer-world.ts";
import type { Peer } from "../peer.ts";

const FILE = parsePath("/file");
const CHUNKS = 40;
const BYTES = Buffer.alloc(CHUNKS * TEST_CHUNK_BYTES, "0123456");

let world: PeerWorld;
let alice: Peer;
beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
});
afterEach(() => world[Symbol.asyncDispose]());

/** Aborts when the index has committed, before its answer is on the way. */
function abortAfterCommit(): AbortController {
  const stop = new AbortController();
  const commit = world.engine.commit.bind(world.engine);
  world.engine.commit = async (...args) => {
    const reply = await commit(...args);
    stop.abort();
    return reply;
  };
  return stop;
}

async function* bytesOf(...parts: Uint8Array[]) {
  yield* parts;
}

const held = () => alice.chunks.runs(parseChunkId(0), 10);

async function read(): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of alice.reader.read({ path: FILE })) parts.push(part);
  return Buffer.concat(parts);
}

describe("put", () => {
  it("keeps its bytes when it was cancelled too late not to happen", async () => {
    const { signal } = abortAfterCommit();
    const put = alice.writer.putStream({ path: FILE, bytes: bytesOf(BYTES), signal });
    await expect(put).rejects.toMatchObject({ code: "aborted" });
    expect(BYTES.equals(await read())).toBe(true);
  });

  it("takes more chunks than are leased at a time", async () => {
    const { signal } = new AbortController();
    const parts = Array.from({ length: 20 }, () => BYTES);
    await alice.writer.putStream({ path: FILE, bytes: bytesOf(...parts), signal });
    expect(Buffer.concat(parts).equals(await read())).toBe(true);
  });

  it("gives up what it stored when the index refuses it", async () => {
    const { signal } = new AbortController();
    const before = held();
    const put = alice.writer.putStream({ path: parsePath("/"), bytes: bytesOf(BYTES), signal });
    await expect(put).rejects.toThrow();
    expect(held()).toEqual(before);
  });

  it("reads no further once it is cancelled", async () => {
    const stop = new AbortController();
    async function* endless() {
      for (let sent = 0; ; sent++) {
        if (sent === 3) stop.abort();
        yield Buffer.alloc(TEST_CHUNK_BYTES, sent);
      }
    }
    const put = alice.writer.putStream({ path: FILE, bytes: endless(), signal: stop.signal });
    await expect(put).rejects.toMatchObject({ name: "AbortError" });
    expect((await alice.reader.resolve({ path: FILE })).entry).toBeUndefined();
  });
});

describe("mv, rm and a revision", () => {
  const { signal } = new AbortController();
  const [dir, below] = [parsePath("/dir"), parsePath("/dir/below")];

  it("refuse what cannot be with a reason, and change nothing", async () => {
    const { revision } = await alice.writer.mkdir(dir, signal);
    const refused = async (work: Promise<unknown>, said: string) =>
      expect(work).rejects.toMatchObject({ code: "bad-request", message: said });
    await refused(
      alice.writer.move({ from: dir, to: below, signal }),
      "/dir cannot be moved into itself",
    );
    await refused(
      alice.writer.move({ from: ROOT_PATH, to: dir, signal }),
      "the root cannot be moved",
    );
    await refused(
      alice.writer.remove({ path: ROOT_PATH, recursive: true, signal }),
      "the root cannot be removed",
    );
    expect((await alice.reader.stat({ path: dir })).revision).toBe(revision);
  });

  it("leave alone what is published from a folder here", async () => {
    const local = await world.path("shared");
    await writeFile(join(local, "file"), "shared");
    const { revision } = await alice.shares.share({ local, path: below });
    const at = parsePath("/dir/below/file");
    const to = parsePath("/elsewhere");
    const changes = [
      alice.writer.mkdir(parsePath("/dir/below/new"), signal),
      alice.writer.move({ from: at, to, signal }),
      alice.writer.move({ from: dir, to, signal }),
      alice.writer.remove({ path: dir, recursive: true, signal }),
      alice.writer.restore({ path: at, at: parseRevision(revision), to: dir, signal }),
      alice.writer.put({ local: join(local, "file"), path: at, signal }),
      alice.writer.putStream({ path: at, bytes: bytesOf(BYTES), signal }),
      alice.writer.append({ path: at, bytes: bytesOf(BYTES), signal }),
    ];
    for (const change of changes) {
      const message = `/dir/below is published from ${local}: change it there, or unshare it first`;
      await expect(change).rejects.toMatchObject({ code: "owned", message });
    }
    await alice.shares.unshare({ path: below });
    await alice.writer.move({ from: at, to, signal });
  });

  it("that is still to come is not found, and is no malformed request", async () => {
    const at = parseRevision(99);
    const expected = { code: "not-found", message: "there is no revision 99 yet" };
    await expect(alice.reader.stat({ path: dir, at })).rejects.toMatchObject(expected);
    await expect(alice.reader.list({ path: dir, at })).rejects.toMatchObject(expected);
    const restored = alice.writer.restore({ path: dir, at, to: below, signal });
    await expect(restored).rejects.toMatchObject(expected);
  });
});

describe("append", () => {
  it("keeps its bytes when it was cancelled too late not to happen", async () => {
    const { signal } = abortAfterCommit();
    const appended = alice.writer.append({ path: FILE, bytes: bytesOf(BYTES), signal });
    await expect(appended).rejects.toMatchObject({ code: "aborted" });
    expect(BYTES.equals(await read())).toBe(true);
  });
});

describe("get", () => {
  it("says where in a folder it came to stand", async () => {
    await alice.writer.putStream({
      path: FILE,
      bytes: bytesOf(BYTES),
      signal: new AbortController().signal,
    });
    const target = await world.path("target");
    const got = await alice.reader.get({ path: FILE, local: target });
    expect(got).toEqual({ local: join(target, "file"), files: 1, bytes: BYTES.length });
    const again = alice.reader.get({ path: FILE, local: target });
    await expect(again).rejects.toMatchObject({ code: "exists", about: { file: got.local } });
  });

  it("leaves nothing when it is cancelled, though all of it lies on this disk", async () => {
    const source = await world.path("source");
    await writeFile(join(source, "file"), BYTES);
    await alice.shares.share({ local: source, path: parsePath("/shared") });
    const target = await world.path("target");
    const stop = new AbortController();
    const got = alice.reader.get({
      path: parsePath("/shared/file"),
      local: target,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(got).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(target)).toEqual([]);
  });
});
