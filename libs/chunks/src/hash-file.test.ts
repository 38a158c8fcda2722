import { appendFile, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { appendFileSync, closeSync, openSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openQuickDisk, systemDisk } from "@goliath/kit";
import { digestOf, DIGEST_BYTES, GoliathError, type ChunkId } from "@goliath/protocols/nouns";
import { hashFile } from "./hash-file.ts";

const chunkBytes = 4096;
const MIB = 1024 * 1024;
let folder = "";
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "goliath-hash-"))));
afterAll(() => rm(folder, { recursive: true }));

/** Each size with the path it takes: none, one buffer, exactly full, the second, reuse, a tail. */
const SIZES = [0, 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 5 * chunkBytes + 17];

describe("hashFile", () => {
  it.each(SIZES)("hashes every chunk of %i bytes", async (size) => {
    const path = join(folder, `${size}`);
    const bytes = Buffer.from(Array.from({ length: size }, (_, i) => (i * i) % 253));
    await writeFile(path, bytes, { mode: 0o755 });
    const progress: number[] = [];
    const hashed = await hashFile({
      disk: systemDisk,
      path,
      chunkBytes,
      onProgress: (done) => progress.push(done),
    });
    const sums = [];
    for (let at = 0; at < size; at += chunkBytes)
      sums.push(digestOf(bytes.subarray(at, at + chunkBytes)));
    expect(Buffer.compare(hashed.sums, Buffer.concat(sums))).toBe(0);
    expect(hashed).toMatchObject({ size, executable: true, stamp: { size } });
    expect(progress.at(-1) ?? 0).toBe(size);
  });

  it.each([...SIZES, 9 * MIB + 17])("hashes the same in parts, of %i bytes", async (size) => {
    await using disk = openQuickDisk();
    const path = join(folder, `parts-${size}`);
    await writeFile(path, Buffer.alloc(size, "a part of a file; "));
    const init = { path, chunkBytes, size };
    const progress: number[] = [];
    const onProgress = (done: number) => progress.push(done);
    const whole = await hashFile({ disk: systemDisk, path, chunkBytes });
    expect(await hashFile({ disk, ...init, onProgress })).toEqual(whole);
    expect(progress.at(-1)).toBe(size);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    // It was another size when it was found.
    expect(await hashFile({ disk, ...init, size: size + 1 })).toEqual(whole);
  });

  it("throws changed when a file that is hashed in parts is written to meanwhile", async () => {
    await using disk = openQuickDisk();
    const path = join(folder, "written");
    const size = 64 * MIB;
    await writeFile(path, Buffer.alloc(size));
    let written = 0;
    const onProgress = () => {
      if (written++ === 0) writeSync(file, "x", size - 1);
    };
    const file = openSync(path, "r+");
    const hashing = hashFile({ disk, path, chunkBytes: MIB, size, onProgress });
    await expect(hashing).rejects.toMatchObject({ code: "changed" });
    closeSync(file);
  });

  it("ends a hash in parts when it is given up", async () => {
    await using disk = openQuickDisk();
    const path = join(folder, "given-up");
    await writeFile(path, Buffer.alloc(64 * MIB));
    const giving = new AbortController();
    const { signal } = giving;
    const onProgress = () => giving.abort(new GoliathError("aborted", "given up"));
    const hashing = hashFile({ disk, path, chunkBytes: MIB, size: 64 * MIB, onProgress, signal });
    await expect(hashing).rejects.toMatchObject({ code: "aborted" });
  });

  it("cuts a file where the chunks of a known version begin, and one of another size anew", async () => {
    const path = join(folder, "journal");
    const lengths = [20, chunkBytes, 5, 1];
    const bytes = Buffer.from(Array.from({ length: 20 + chunkBytes + 6 }, (_, i) => (i * i) % 253));
    const extents = [
      { first: 1 as ChunkId, count: 1, bytes: 20 },
      { first: 2 as ChunkId, count: 2, bytes: chunkBytes + 5 },
      { first: 9 as ChunkId, count: 1, bytes: 1 },
    ];
    await writeFile(path, bytes);
    let at = 0;
    const sums = lengths.map((length) => digestOf(bytes.subarray(at, (at += length))));
    const init = { disk: systemDisk, path, chunkBytes, extents };
    expect(Buffer.compare((await hashFile(init)).sums, Buffer.concat(sums))).toBe(0);
    await appendFile(path, "x");
    expect((await hashFile(init)).sums).toHaveLength(2 * DIGEST_BYTES);
  });

  it("rounds times down to milliseconds, also before 1970", async () => {
    const path = join(folder, "old");
    await writeFile(path, "old");
    for (const seconds of [1.0015, -1.0015]) {
      await utimes(path, seconds, seconds);
      const { mtimeMs, stamp } = await hashFile({ disk: systemDisk, path, chunkBytes });
      const remainderNs = stamp.mtimeNs - BigInt(mtimeMs) * 1_000_000n;
      expect(remainderNs >= 0n && remainderNs < 1_000_000n).toBe(true);
    }
  });

  it("throws changed when the file grows meanwhile", async () => {
    const path = join(folder, "growing");
    await writeFile(path, Buffer.alloc(3 * chunkBytes));
    const onProgress = () => appendFileSync(path, "more");
    await expect(
      hashFile({ disk: systemDisk, path, chunkBytes, onProgress }),
    ).rejects.toMatchObject({
      code: "changed",
    });
  });

  it("throws not-found, and bad-request for links and directories", async () => {
    await appendFile(join(folder, "target"), "x");
    await symlink(join(folder, "target"), join(folder, "link"));
    await mkdir(join(folder, "dir"));
    const codes = { nothing: "not-found", link: "bad-request", dir: "bad-request" };
    for (const [name, code] of Object.entries(codes)) {
      const hashed = hashFile({ disk: systemDisk, path: join(folder, name), chunkBytes });
      await expect(hashed).rejects.toMatchObject({ code });
    }
  });

  it("stops when the caller gives up", async () => {
    const path = join(folder, "long");
    await writeFile(path, Buffer.alloc(10 * chunkBytes));
    const controller = new AbortController();
    const hashed = hashFile({
      disk: systemDisk,
      path,
      chunkBytes,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(hashed).rejects.toMatchObject({ code: "aborted" });
  });
});
