/**
 * What is being put in place and is not recorded yet: a file is linked to its final name first and
 * recorded with many others later. Killed in between, the mirror would take its own file for the
 * user's: the next version would set it aside under a conflict name, a removal would leave it there.
 * So each is noted before it is linked, in `.goliath/placing`, and what the notes tell is recorded
 * at the next start. Notes are not synced: after a power cut the bytes tell.
 */
import { join } from "node:path";
import { isSameContent, stampOf, type FileStamp, type PlacedFile } from "@goliath/chunks";
import type { Disk, DiskFile } from "@goliath/kit";
import type { Extent } from "@goliath/protocols/nouns";
import { isAbsent } from "../share/share-disk.ts";
import { OWN_FOLDER } from "./own-name.ts";
import { statIfThere } from "./stat-if-there.ts";

const NAME = "placing";

/** A file about to be linked to its final name. */
export interface Placing {
  dir: number;
  name: string;
  revision: number;
  root: Uint8Array;
  file: PlacedFile;
}

export class PlacingLog {
  readonly #disk: Disk;
  readonly #path: string;
  /** Notes by path, not recorded yet: what is under way, and one batch. */
  readonly #notes = new Map<string, string>();
  #file: DiskFile | undefined;
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor({ disk, local }: { disk: Disk; local: string }) {
    this.#disk = disk;
    this.#path = placingPath(local);
  }

  /** What an earlier process linked and did not record, and nobody touched since. */
  async unrecorded(): Promise<Placing[]> {
    const text = await this.#disk.readFile(this.#path, "utf8").catch((error: unknown) => {
      if (isAbsent(error)) return "";
      throw error;
    });
    const noted = text.split("\n").flatMap((line) => decode(line) ?? []);
    const found: Placing[] = [];
    for (const placing of noted) {
      const { path, stamp } = placing.file;
      const stats = await statIfThere(this.#disk, path);
      if (!stats?.isFile() || !isSameContent(stamp, stampOf(stats))) continue;
      found.push({ ...placing, file: { ...placing.file, stamp: stampOf(stats) } });
    }
    return found;
  }

  async note(...placings: Placing[]): Promise<void> {
    const lines = placings.map(encode);
    placings.forEach(({ file }, at) => this.#notes.set(file.path, lines[at] ?? ""));
    return this.#write((file) => this.#append(file, lines.join("")));
  }

  /** These are recorded, or not in their place after all: their notes go. */
  async recorded(paths: readonly string[]): Promise<void> {
    const noted = paths.filter((path) => this.#notes.delete(path));
    if (noted.length === 0 && paths.length > 0) return;
    return this.#write(async (file) => {
      await file.truncate(0);
      this.#bytes = 0;
      if (this.#notes.size > 0) return this.#append(file, [...this.#notes.values()].join(""));
      // A mirror at rest keeps nothing open: its disk can be unmounted, or mounted read-only.
      this.#file = undefined;
      await file.close();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #append(file: DiskFile, text: string): Promise<void> {
    const bytes = Buffer.from(text);
    await file.write(bytes, 0, bytes.length, this.#bytes);
    this.#bytes += bytes.length;
  }

  /** One after the other. */
  #write(work: (file: DiskFile) => Promise<void>): Promise<void> {
    const mine = this.#writing.then(async () => {
      this.#file ??= await this.#disk.open(this.#path, "w");
      await work(this.#file);
    });
    this.#writing = mine.catch(() => undefined);
    return mine;
  }
}

export function placingPath(local: string): string {
  return join(local, OWN_FOLDER, NAME);
}

interface Line {
  dir: number;
  name: string;
  revision: number;
  root: string;
  path: string;
  size: number;
  mtimeNs: string;
  inode: string;
  extents: Extent[];
  sums: string;
}

function encode({ dir, name, revision, root, file }: Placing): string {
  const { path, extents, sums } = file;
  const { size, mtimeNs, inode } = file.stamp;
  const line: Line = {
    ...{ dir, name, revision, path, size, extents },
    root: Buffer.from(root).toString("base64"),
    mtimeNs: String(mtimeNs),
    inode: String(inode),
    sums: Buffer.from(sums).toString("base64"),
  };
  return `${JSON.stringify(line)}\n`;
}

/** Undefined for a line that was cut off. */
function decode(text: string): Placing | undefined {
  try {
    const { dir, name, revision, root, path, size, mtimeNs, inode, extents, sums } = JSON.parse(
      text,
    ) as Line;
    const stamp: FileStamp = { size, mtimeNs: BigInt(mtimeNs), inode: BigInt(inode), ctimeNs: 0n };
    const file = { path, stamp, extents, sums: Buffer.from(sums, "base64") };
    return { dir, name, revision, root: Buffer.from(root, "base64"), file };
  } catch {
    return undefined;
  }
}
