/** How full a simulated disk is. */
import { BLOCK_BYTES, type BlockSpace } from "./file-content.ts";

export class SpaceCount implements BlockSpace {
  used = 0;
  /** Blocks there may be in all. */
  max = Number.POSITIVE_INFINITY;

  get freeBlocks(): number {
    return Math.max(0, this.max - this.used);
  }

  /** From now on so many bytes more can be written. */
  leave(bytes: number): void {
    this.max = this.used + Math.floor(bytes / BLOCK_BYTES);
  }

  take(): boolean {
    if (this.used >= this.max) return false;
    this.used++;
    return true;
  }

  give(blocks: number): void {
    this.used -= blocks;
  }
}
