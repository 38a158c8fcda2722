/**
 * Files whose bytes the disk did not take. The system drops what it could not write and says so once:
 * the next sync succeeds, and reads give the bytes from memory until the power goes. So such a file
 * counts as failed until it is written again. Forgotten with the process.
 */
import { isSameContent, type FileStamp } from "@goliath/chunks";

/** Files remembered: whose disk failed that often has been told. About 200 bytes each. */
const FILES_MAX = 10_000;

export class FailedSyncs {
  readonly #stamps = new Map<string, FileStamp>();

  /** The file at an absolute path, as it was then. */
  note(path: string, stamp: FileStamp): void {
    this.#stamps.set(path, stamp);
    const [oldest] = this.#stamps.keys();
    if (this.#stamps.size > FILES_MAX && oldest !== undefined) this.#stamps.delete(oldest);
  }

  has(path: string, stamp: FileStamp): boolean {
    const failed = this.#stamps.get(path);
    if (!failed) return false;
    if (isSameContent(failed, stamp)) return true;
    this.#stamps.delete(path);
    return false;
  }
}
