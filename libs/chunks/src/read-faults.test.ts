/** A disk that cannot be read for a while, and one that cannot be read any more. */
import { ManualClock } from "@goliath/kit";
import { diskError, seeded, SimulatedDisk } from "@goliath/kit/simulated-disk";
import type { ChunkId } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import type { ChunkReader } from "./chunk-store.ts";
import { testChunk } from "./compliance.ts";
import { hashFile } from "./hash-file.ts";
import { openPackChunkStore } from "./pack-chunk-store.ts";
import { openPlacedChunks } from "./placed-chunks.ts";
import { FAULTS_MIN, FAULTS_MS_MIN } from "./read-faults.ts";

const ID = 7 as ChunkId;
const BYTES = new Uint8Array(100).fill(1);
const CHUNK_BYTES = 4096;

interface Store extends AsyncDisposable {
  chunks: ChunkReader;
}

interface Machine {
  clock: ManualClock;
  disk: SimulatedDisk;
}

async function openPack({ clock, disk }: Machine): Promise<Store> {
  const init = { disk: disk.process(), directory: "/home/packs", freeBytesMin: 0, clock };
  const chunks = await openPackChunkStore(init);
  await chunks.write(testChunk(ID, BYTES));
  return { chunks, [Symbol.asyncDispose]: () => chunks[Symbol.asyncDispose]() };
}

async function openPlaced({ clock, disk: machine }: Machine): Promise<Store> {
  const [disk, path] = [machine.process(), "/home/file"];
  const chunkBytes = CHUNK_BYTES;
  const chunks = await openPlacedChunks({ disk, file: "/home/placed.db", chunkBytes, clock });
  {
    await using file = await disk.open(path, "w");
    await file.writeFile(BYTES);
  }
  const { stamp, sums } = await hashFile({ disk, path, chunkBytes });
  await chunks.place([{ path, stamp, sums, extents: [{ first: ID, count: 1, bytes: 100 }] }]);
  return { chunks, [Symbol.asyncDispose]: () => chunks[Symbol.asyncDispose]() };
}

describe.each([
  ["a pack", openPack],
  ["a file in place", openPlaced],
])("a chunk in %s", (_, open) => {
  async function opened(): Promise<Machine & Store> {
    const clock = new ManualClock({ nowMs: 1e12 });
    const disk = new SimulatedDisk({ clock, random: seeded(1) });
    disk.makeDirectory("/home");
    return { clock, disk, ...(await open({ clock, disk })) };
  }

  function failReads(disk: SimulatedDisk): void {
    disk.before = (call) => {
      if (call.call === "read") throw diskError("EIO", call);
    };
  }

  it("is offered on when its disk could not be read for a while", async () => {
    await using store = await opened();
    const { clock, disk, chunks } = store;
    failReads(disk);
    for (let fault = 0; fault < 2 * FAULTS_MIN; fault++)
      await expect(chunks.read(ID)).rejects.toMatchObject({ code: "missing" });
    disk.before = () => undefined;
    expect(chunks.has(ID)).toBe(true);
    expect(await chunks.read(ID)).toEqual(Buffer.from(BYTES));
    // What counts is faults in a row: these are long over.
    await clock.advance(FAULTS_MS_MIN);
    failReads(disk);
    await expect(chunks.read(ID)).rejects.toMatchObject({ code: "missing" });
    expect(chunks.has(ID)).toBe(true);
  });

  it("is given up when its disk cannot be read for long", async () => {
    await using store = await opened();
    const { clock, disk, chunks } = store;
    failReads(disk);
    for (let fault = 1; fault < FAULTS_MIN; fault++) {
      await expect(chunks.read(ID)).rejects.toMatchObject({ code: "missing" });
      await clock.advance(FAULTS_MS_MIN / (FAULTS_MIN - 1));
    }
    await expect(chunks.read(ID)).rejects.toMatchObject({ code: "corrupt" });
    expect(chunks.has(ID)).toBe(false);
  });
});
