/** What is transferred: made anew for every run, of bytes that compress to nothing. */
import { execFile } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const BLOCK_BYTES = 4 * 1024 * 1024;

/** One file of random bytes. */
export async function makeBigFile(folder: string, bytes: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const block = Buffer.alloc(BLOCK_BYTES);
  await using file = await open(join(folder, "file"), "w");
  for (let at = 0; at < bytes; at += BLOCK_BYTES) {
    randomFillSync(block);
    await file.write(block, 0, Math.min(BLOCK_BYTES, bytes - at));
  }
}

/** `count` files of `bytes` random bytes each, in folders of a hundred. */
export async function makeSmallFiles(
  folder: string,
  { count, bytes }: { count: number; bytes: number },
): Promise<void> {
  const block = Buffer.alloc(bytes);
  for (let at = 0; at < count; at++) {
    const within = join(folder, String(Math.floor(at / 100)));
    if (at % 100 === 0) await mkdir(within, { recursive: true });
    await writeFile(join(within, String(at)), randomFillSync(block));
  }
}

/**
 * Puts it on the disk, as what somebody publishes mostly is, and reads all of it, so that every
 * contestant finds it in memory.
 */
export async function warm(folder: string): Promise<void> {
  await promisify(execFile)("sync");
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    for await (const _ of createReadStream(join(entry.parentPath, entry.name))) continue;
  }
}

export interface Totals {
  files: number;
  bytes: number;
}

/** What lies below, without what programs keep there for themselves. */
export async function countFiles(folder: string): Promise<Totals> {
  const totals = { files: 0, bytes: 0 };
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || /\/\.(?:goliath|stfolder)/u.test(path) || path.endsWith(".aria2"))
      continue;
    await using file = await open(path);
    totals.files++;
    totals.bytes += (await file.stat()).size;
  }
  return totals;
}
