/** A peer while its index cannot be reached, and after. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseChunkId, parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, type PeerWorld } from "../testing/peer-world.ts";

const DIRECTORY = parsePath("/directory");

let world: PeerWorld;
let alice: Peer;

beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
});
afterEach(() => world[Symbol.asyncDispose]());

const never = new AbortController().signal;
const cut = (): void => world.network.partition(world.idOf("index"), world.idOf("alice"));
const heal = (): void => world.network.heal(world.idOf("index"), world.idOf("alice"));

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

describe("while the index is away", () => {
  it("a change says that nothing was changed, and nothing is", async () => {
    await alice.session.reachable();
    const { revision } = await world.engine.drive();
    cut();
    await expect.poll(() => alice.session.connected()).toBe(false);
    const nothing = {
      code: "unavailable",
      message: expect.stringContaining("nothing was changed"),
    };
    const held = alice.chunks.runs(parseChunkId(0), 10);
    const put = { path: parsePath("/file"), bytes: bytesOf("words"), signal: never };
    await Promise.all([
      expect(alice.writer.mkdir(DIRECTORY, never)).rejects.toMatchObject(nothing),
      expect(alice.writer.putStream(put)).rejects.toMatchObject({ code: "unavailable" }),
      expect(alice.writer.append(put)).rejects.toMatchObject({ code: "unavailable" }),
      expect(
        alice.mirrors.mirror({ path: parsePath("/"), local: join(world.folder, "copy") }),
      ).rejects.toMatchObject({ code: "unavailable" }),
    ]);
    heal();
    await alice.session.whenConnected();
    expect(await world.engine.drive()).toMatchObject({ revision });
    expect(alice.chunks.runs(parseChunkId(0), 10)).toEqual(held);
    expect(await alice.writer.mkdir(DIRECTORY, never)).toMatchObject({ revision: revision + 1 });
  });

  it("a change of a share that waits keeps no other from being refused", async () => {
    const source = await world.path("source");
    await writeFile(join(source, "first"), "1");
    await alice.shares.share({ local: source, path: parsePath("/share") });
    cut();
    await writeFile(join(source, "second"), "2");
    await expect(alice.writer.mkdir(DIRECTORY, never)).rejects.toMatchObject({
      message: expect.stringContaining("nothing was changed"),
    });
    heal();
    const isThere = async (): Promise<boolean> =>
      (await alice.reader.resolve({ path: parsePath("/share/second") })).entry !== undefined;
    await alice.session.whenConnected();
    await expect.poll(isThere, { timeout: 30_000 }).toBe(true);
  });

  it("a change whose answer was lost happens once, and is answered once it is back", async () => {
    await alice.session.reachable();
    const commit = world.engine.commit.bind(world.engine);
    world.engine.commit = async (...args) => {
      const reply = await commit(...args);
      world.engine.commit = commit;
      cut();
      return reply;
    };
    const made = alice.writer.mkdir(DIRECTORY, never);
    made.catch(() => undefined);
    await expect.poll(() => alice.session.connected(), { timeout: 20_000 }).toBe(false);
    heal();
    const { revision } = await made;
    expect(await world.engine.drive()).toMatchObject({ revision });
    expect(await alice.writer.mkdir(parsePath("/another"), never)).toMatchObject({
      revision: revision + 1,
    });
  });
});
