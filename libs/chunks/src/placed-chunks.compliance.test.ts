import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openQuickDisk, systemDisk } from "@goliath/kit";
import { describeChunkReader, TEST_CHUNK_BYTES } from "./compliance.ts";
import { stampOf } from "./file-stamp.ts";
import { openPlacedChunks } from "./placed-chunks.ts";

for (const [name, openDisk] of [
  ["PlacedChunks", () => undefined],
  ["PlacedChunks on a disk with threads", openQuickDisk],
] as const) {
  describeChunkReader(name, async (chunks) => {
    const quick = openDisk();
    const folder = await mkdtemp(join(tmpdir(), "goliath-placed-"));
    const reader = await openPlacedChunks({
      disk: quick ?? systemDisk,
      file: join(folder, "c.db"),
      chunkBytes: TEST_CHUNK_BYTES,
    });
    const path = join(folder, "file");
    await writeFile(path, Buffer.concat(chunks.map((chunk) => chunk.bytes)));
    const stamp = stampOf(await stat(path, { bigint: true }));
    const extents = chunks.map(({ id, bytes }) => ({ first: id, count: 1, bytes: bytes.length }));
    const sums = Buffer.concat(chunks.map((chunk) => chunk.digest));
    await reader.place([{ path, stamp, extents, sums }]);
    return {
      reader,
      [Symbol.asyncDispose]: async () => {
        await reader[Symbol.asyncDispose]();
        await quick?.[Symbol.asyncDispose]();
        await rm(folder, { recursive: true });
      },
    };
  });
}
