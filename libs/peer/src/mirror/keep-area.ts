/**
 * The keep area: `.goliath/keep` inside a mirrored folder, so on the same disk. What a mirror
 * replaces or deletes is moved here and goes on being served, oldest dropped first when the budget
 * is full. Only files that we wrote come here.
 */
import { join } from "node:path";
import type { PlacedChunks } from "@goliath/chunks";
import type { Disk } from "@goliath/kit";
import { OWN_FOLDER } from "./own-name.ts";

/** Bytes kept per mirror before the oldest go. */
export const KEEP_BYTES_MAX = 1024 ** 3;
/** Files kept per mirror before the oldest go. */
export const KEEP_FILES_MAX = 20_000;

export interface KeepAreaInit {
  disk: Disk;
  local: string;
  placed: PlacedChunks;
  bytesMax?: number;
}

interface Kept {
  name: string;
  size: number;
}

export class KeepArea {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #placed: PlacedChunks;
  readonly #bytesMax: number;
  /** Oldest first; names sort by age. */
  #kept: Kept[] = [];
  #bytes = 0;
  #number = 0;

  constructor({ disk, local, placed, bytesMax = KEEP_BYTES_MAX }: KeepAreaInit) {
    this.#disk = disk;
    this.#folder = join(local, OWN_FOLDER, "keep");
    this.#placed = placed;
    this.#bytesMax = bytesMax;
  }

  /** Makes the folder and takes stock of what an earlier run kept. */
  async open(): Promise<void> {
    await this.#disk.mkdir(this.#folder, { recursive: true });
    const names = (await this.#disk.readdir(this.#folder)).toSorted();
    for (const name of names) {
      const { size } = await this.#disk.stat(join(this.#folder, name), { bigint: true });
      this.#add({ name, size: Number(size) });
      this.#number = Math.max(this.#number, Number.parseInt(name, 10) || 0);
    }
  }

  /** Moves a file of ours here. Linking first: at no moment are the bytes without a name. */
  async keep(path: string, size: number): Promise<void> {
    const name = String(++this.#number).padStart(12, "0");
    const kept = join(this.#folder, name);
    await this.#disk.link(path, kept);
    await this.#disk.unlink(path);
    await this.#placed.moved(path, kept);
    this.#add({ name, size });
    await this.#trim();
  }

  async #trim(): Promise<void> {
    const leaving: string[] = [];
    while (this.#bytes > this.#bytesMax || this.#kept.length > KEEP_FILES_MAX) {
      const oldest = this.#kept.shift();
      if (!oldest) break;
      this.#bytes -= oldest.size;
      leaving.push(join(this.#folder, oldest.name));
    }
    if (leaving.length === 0) return;
    await this.#placed.withdraw(leaving);
    for (const path of leaving) await this.#disk.unlink(path);
  }

  #add(kept: Kept): void {
    this.#kept.push(kept);
    this.#bytes += kept.size;
  }
}
