/** Which directories are in the drive, and where: each read once, in one snapshot. */
import { PATH_DEPTH_MAX, ROOT_DIR, ROOT_PATH } from "@goliath/protocols/nouns";
import type { DirId, DrivePath } from "@goliath/protocols/nouns";
import type { StoreReader } from "../store/index-store.ts";

/** A directory that is in the drive. */
export interface LivingDir {
  dir: DirId;
  name: string;
  /** Undefined at the root. */
  above: LivingDir | undefined;
}

/** Directories remembered, some MiB; a look at more begins anew. */
const REMEMBERED_MAX = 20_000;

export class LivingDirs {
  readonly #reader: StoreReader;
  readonly #known = new Map<DirId, LivingDir | undefined>();

  constructor(reader: StoreReader) {
    this.#reader = reader;
  }

  /** Undefined for one that was removed, or that lies in one that was. */
  get(dir: DirId): Promise<LivingDir | undefined> {
    return this.#get(dir, 0);
  }

  async #get(dir: DirId, depth: number): Promise<LivingDir | undefined> {
    if (this.#known.has(dir)) return this.#known.get(dir);
    const found = depth > PATH_DEPTH_MAX ? undefined : await this.#read(dir, depth);
    if (this.#known.size >= REMEMBERED_MAX) this.#known.clear();
    this.#known.set(dir, found);
    return found;
  }

  async #read(dir: DirId, depth: number): Promise<LivingDir | undefined> {
    if (dir === ROOT_DIR) return { dir, name: "", above: undefined };
    const [row] = await this.#reader.dirs([dir]);
    if (!row || row.gone > 0) return undefined;
    const above = await this.#get(row.parent, depth + 1);
    return above && { dir, name: row.name, above };
  }
}

export function isBelow(living: LivingDir, dir: DirId): boolean {
  for (let one: LivingDir | undefined = living; one; one = one.above) {
    if (one.dir === dir) return true;
  }
  return false;
}

export function pathIn(living: LivingDir, name: string): DrivePath {
  const names = [name];
  for (let one: LivingDir = living; one.above; one = one.above) names.push(one.name);
  return `${ROOT_PATH}${names.toReversed().join("/")}` as DrivePath;
}
