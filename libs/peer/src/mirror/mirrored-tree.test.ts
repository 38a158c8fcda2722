/** What a mirror knows, read while the index and every other peer are away. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { combineChunkReaders } from "@goliath/chunks";
import {
  INLINE_CHUNKS_MAX,
  parsePath,
  type DirId,
  type DrivePath,
  type Entry,
  type Revision,
} from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, TEST_CHUNK_BYTES, type PeerWorld } from "../testing/peer-world.ts";
import { MirroredTree } from "./mirrored-tree.ts";
import { createReplicaTables } from "./replica-tables.ts";
import { Replica } from "./replica.ts";

const DATA = parsePath("/data");
const never = new AbortController().signal;
const SMALL = Buffer.from("one chunk");
/** More chunks than bring their digests with the entry, none like another. */
const BIG = Buffer.alloc((INLINE_CHUNKS_MAX + 2) * TEST_CHUNK_BYTES + 5);
for (let at = 0; at < BIG.length; at += 4) BIG.writeUInt32LE(at, Math.min(at, BIG.length - 4));

let world: PeerWorld;
let alice: Peer;
let revision: Revision;

const at = (name: string): DrivePath => parsePath(`/data/${name}`);
const others = ["index", "bob"];

/** Bytes may come as a `Buffer` or not. */
function inHex(entry: Entry | undefined): object {
  if (entry?.kind !== "file") throw new Error("this is no file");
  const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");
  return { ...entry, root: hex(entry.root), sums: hex(entry.sums) };
}

async function read(path: DrivePath): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of alice.reader.read({ path })) parts.push(part);
  return Buffer.concat(parts);
}

beforeAll(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
  const bob = await world.peer("bob");
  const source = await world.path("source");
  await mkdir(join(source, "sub/deeper"), { recursive: true });
  await writeFile(join(source, "small"), SMALL);
  await writeFile(join(source, "sub/big"), BIG);
  await writeFile(join(source, "sub/deeper/small"), SMALL);
  await bob.shares.share({ local: source, path: DATA });
  await bob.writer.mkdir(parsePath("/elsewhere"), never);
  await alice.mirrors.mirror({ path: DATA, local: join(world.folder, "copy") });
  ({ revision } = await world.engine.drive());
  // The last commit is of no concern to the mirror; its cursor moves over it a moment later.
  while (alice.mirrors.list()[0]?.revision !== revision) await alice.mirrors.nextChange();
  for (const other of others) world.network.partition(world.idOf(other), world.idOf("alice"));
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

describe("while the index is away", () => {
  it("the peer knows that it is", async () => {
    await expect.poll(() => alice.session.connected(), { timeout: 20_000 }).toBe(false);
  });

  it("a mirrored file is read, of one chunk and of several, whole and in part", async () => {
    expect(SMALL.equals(await read(at("small")))).toBe(true);
    expect(BIG.equals(await read(at("sub/big")))).toBe(true);
    const range = { path: at("sub/big"), at: revision, offset: TEST_CHUNK_BYTES - 1, length: 3 };
    const parts: Uint8Array[] = [];
    for await (const part of alice.reader.read(range)) parts.push(part);
    const { offset, length } = range;
    expect(Buffer.concat(parts)).toEqual(BIG.subarray(offset, offset + length));
  });

  it("an entry is what the index would say, and names the revision it is of", async () => {
    for (const name of ["small", "sub/big"]) {
      const { entries } = await world.engine.resolve({ paths: [at(name)], sums: true });
      const known = await alice.reader.stat({ path: at(name) });
      expect(known.revision).toBe(revision);
      expect(inHex(known.entry)).toEqual(inHex(entries[0]));
    }
    const { entries } = await world.engine.resolve({ paths: [DATA, at("sub")] });
    for (const [i, path] of [DATA, at("sub")].entries()) {
      const known = await alice.reader.stat({ path });
      expect(known).toEqual({ revision, entry: { ...entries[i], revision } });
    }
    expect(await alice.reader.resolve({ path: at("nothing/there") })).toEqual({
      revision,
      entry: undefined,
    });
  });

  it("a directory is listed page by page", async () => {
    const first = await alice.reader.list({ path: DATA, limit: 1 });
    expect(first).toMatchObject({ revision, next: "small", entries: [{ name: "small" }] });
    const second = await alice.reader.list({ path: DATA, at: revision, after: "small" });
    expect(second.entries.map(({ name }) => name)).toEqual(["sub"]);
    expect(second.next).toBeUndefined();
    const wrong = alice.reader.list({ path: at("small") });
    await expect(wrong).rejects.toMatchObject({ code: "not-a-directory" });
    await expect(alice.reader.list({ path: at("no") })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("a tree is copied out", async () => {
    const local = join(world.folder, "got");
    const bytes = BIG.length + 2 * SMALL.length;
    expect(await alice.reader.get({ path: DATA, local })).toMatchObject({ files: 3, bytes });
    expect(BIG.equals(await readFile(join(local, "sub/big")))).toBe(true);
    expect(SMALL.equals(await readFile(join(local, "sub/deeper/small")))).toBe(true);
  });

  it("what is not known here stays unavailable: other paths, other revisions, changes", async () => {
    const away = { code: "unavailable" };
    for (const path of ["/", "/elsewhere", "/database"].map((text) => parsePath(text))) {
      await expect(alice.reader.resolve({ path })).rejects.toMatchObject(away);
      await expect(alice.reader.list({ path })).rejects.toMatchObject(away);
    }
    const before = (revision - 1) as Revision;
    await expect(alice.reader.stat({ path: DATA, at: before })).rejects.toMatchObject(away);
    const removal = alice.writer.remove({ path: at("no"), recursive: true, signal: never });
    await expect(removal).rejects.toMatchObject(away);
  });

  it("nothing is held against the index when it is back", async () => {
    for (const other of others) world.network.heal(world.idOf(other), world.idOf("alice"));
    await alice.session.whenConnected();
    const { revision: newest } = await alice.writer.mkdir(parsePath("/later"), never);
    expect(await alice.reader.stat({ path: parsePath("/later") })).toMatchObject({
      revision: newest,
    });
    expect((await alice.reader.stat({ path: at("small") })).revision).toBe(newest);
  });
});

describe("a replica that is of no whole revision", () => {
  const one = parsePath("/data/one");
  const dir = 7 as DirId;
  const entry = {
    kind: "dir",
    revision: 1 as Revision,
    dir: 8 as DirId,
    files: 0,
    bytes: 0,
  } as const;

  it("answers nothing: listed, holding a part of the next, of an older home, or lost", () => {
    const database = new Database(":memory:");
    createReplicaTables(database);
    database.exec(`INSERT INTO mirror (id, dir, path, local, generation, cursor, complete, root_inode)
        VALUES (1, ${dir}, '/data', '/tmp/data', 0, -1, -1, '1:1');
      INSERT INTO mirror_dir (mirror, dir, parent, name, disk_parent, disk_name, listed, dirty)
        VALUES (1, ${dir}, 0, '', 0, '', 0, 0)`);
    const replica = new Replica(database, 1);
    const tree = new MirroredTree({ database, chunks: combineChunkReaders([]) });
    const known = () => tree.resolve({ paths: [one] });
    expect(known()).toBeUndefined();
    replica.takePage(dir, { entries: [], last: true });
    expect(known()).toBeUndefined();
    replica.finishRevision(1 as Revision, 0);
    expect(known()).toEqual({ revision: 1, entries: [undefined] });
    replica.takeChanges([{ dir, name: "one", entry }]);
    expect(known()).toBeUndefined();
    replica.finishRevision(2 as Revision, 0);
    expect(known()).toMatchObject({ revision: 2, entries: [{ dir: entry.dir }] });
    // As when an older home, which does not say how far it is, is brought to this format.
    createReplicaTables(database);
    expect(known()).toBeUndefined();
    replica.finishRevision(3 as Revision, 0);
    expect(known()).toMatchObject({ revision: 3 });
    replica.markLost();
    expect(known()).toBeUndefined();
  });
});
