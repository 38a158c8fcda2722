/**
 * What the users of one machine wrote by hand and did not take away: promise 3 says that all of it
 * is still there, under some name. By digest, with how many copies there are to be.
 */
import { hash } from "node:crypto";
import type { Disk } from "@goliath/kit";
import { join } from "node:path";

export interface FoundFile {
  path: string;
  bytes: Buffer;
  digest: string;
}

export class OwnFiles {
  readonly #copies = new Map<string, { count: number; note: string }>();

  /** Also what was taken away since, of which there may be copies that nobody counted. */
  readonly #touched = new Set<string>();
  readonly #rotten = new Set<string>();

  wrote(bytes: Uint8Array, note: string): void {
    // Empty files are all alike: whose they are cannot be told.
    if (bytes.length === 0) return;
    const digest = digestOf(bytes);
    this.#touched.add(digest);
    this.#copies.set(digest, { count: (this.#copies.get(digest)?.count ?? 0) + 1, note });
  }

  /** A user moved it: where it is since is theirs to say. */
  moved(bytes: Uint8Array): void {
    this.#touched.add(digestOf(bytes));
  }

  hasTouched(digest: string): boolean {
    return this.#touched.has(digest);
  }

  /** One copy was overwritten or deleted by its user. */
  tookAway(bytes: Uint8Array): void {
    const own = this.#copies.get(digestOf(bytes));
    if (own && --own.count === 0) this.#copies.delete(digestOf(bytes));
  }

  /** A byte is another one, by nobody's hand: a user's file stays a user's. */
  rotted(before: Uint8Array, after: Uint8Array): void {
    this.#rotten.add(digestOf(after));
    const own = this.#copies.get(digestOf(before));
    if (!own) return;
    this.tookAway(before);
    this.wrote(after, own.note);
  }

  isRotten(digest: string): boolean {
    return this.#rotten.has(digest);
  }

  /** Whether a user wrote these bytes and did not take all copies away. */
  has(digest: string): boolean {
    return this.#copies.has(digest);
  }

  /** Those not among what was found. */
  missing(found: readonly FoundFile[]): string[] {
    const there = new Set(found.map(({ digest }) => digest));
    return [...this.#copies].filter(([digest]) => !there.has(digest)).map(([, { note }]) => note);
  }
}

/** Every file below a folder, but for what is ours inside mirrors. */
export async function filesBelow(disk: Disk, folder: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const names = await disk.readdir(folder).catch(() => []);
  for (const name of names.toSorted()) {
    if (name === ".goliath") continue;
    const path = join(folder, name);
    const stats = await disk.lstat(path, { bigint: true });
    if (stats.isDirectory()) found.push(...(await filesBelow(disk, path)));
    else {
      const bytes = await readAll(disk, path);
      found.push({ path, bytes, digest: digestOf(bytes) });
    }
  }
  return found;
}

/** A folder and all in it, but for what is ours inside mirrors. */
export async function foldersBelow(disk: Disk, folder: string): Promise<string[]> {
  const found = [folder];
  for (const name of (await disk.readdir(folder).catch(() => [])).toSorted()) {
    if (name === ".goliath") continue;
    const path = join(folder, name);
    const stats = await disk.lstat(path, { bigint: true });
    if (stats.isDirectory()) found.push(...(await foldersBelow(disk, path)));
  }
  return found;
}

export async function readAll(disk: Disk, path: string): Promise<Buffer> {
  await using file = await disk.open(path, "r");
  const { size } = await file.stat({ bigint: true });
  const bytes = Buffer.alloc(Number(size));
  await file.read(bytes, 0, bytes.length, 0);
  return bytes;
}

function digestOf(bytes: Uint8Array): string {
  return hash("sha256", bytes);
}
