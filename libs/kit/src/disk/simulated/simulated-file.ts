/** An open file of a simulated disk. */
import { constants } from "node:fs";
import type { DiskFile, DiskStats } from "../disk.ts";
import { diskError, type DiskErrorCode } from "./disk-error.ts";
import type { Inode } from "./inode.ts";
import type { FileTree } from "./file-tree.ts";
import { statsOf } from "./simulated-stats.ts";

/** Runs one call of the process, unless the process is gone by then. */
export type RunCall = <Result>(call: string, path: string, work: () => Result) => Promise<Result>;

export interface SimulatedFileInit {
  tree: FileTree;
  inode: Inode;
  path: string;
  flags: number;
  run: RunCall;
  onChange: (path: string) => void;
}

export class SimulatedFile implements DiskFile {
  readonly #init: SimulatedFileInit;
  #open = true;
  /** Where `writeFile` goes on. */
  #position = 0;

  constructor(init: SimulatedFileInit) {
    this.#init = init;
    init.inode.opened++;
  }

  read(buffer: Uint8Array, offset: number, length: number, position: number) {
    return this.#run("read", (inode) => {
      if (!this.#allows(constants.O_RDONLY)) throw this.#error("EBADF", "read");
      if (inode.kind !== "file") throw this.#error("EISDIR", "read");
      const bytesRead = inode.content.read(buffer.subarray(offset, offset + length), position);
      return { bytesRead };
    });
  }

  write(buffer: Uint8Array, offset: number, length: number, position: number) {
    return this.#run("write", () => ({
      bytesWritten: this.#put(buffer.subarray(offset, offset + length), position),
    }));
  }

  writev(buffers: Uint8Array[], position: number) {
    return this.#run("writev", () => {
      let bytesWritten = 0;
      for (const buffer of buffers) {
        const full = bytesWritten > 0 && this.#isFull();
        const done = full ? 0 : this.#put(buffer, position + bytesWritten);
        bytesWritten += done;
        if (done < buffer.length) break;
      }
      return { bytesWritten };
    });
  }

  writeFile(bytes: Uint8Array | string): Promise<void> {
    return this.#run("write", () => {
      const whole = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
      for (let done = 0; done < whole.length;) {
        const written = this.#put(whole.subarray(done), this.#position);
        done += written;
        this.#position += written;
      }
    });
  }

  stat(): Promise<DiskStats> {
    return this.#run("fstat", statsOf);
  }

  truncate(bytes: number): Promise<void> {
    return this.#run("ftruncate", (inode) => {
      if (inode.kind !== "file" || !this.#allows(constants.O_WRONLY)) {
        throw this.#error("EINVAL", "ftruncate");
      }
      inode.content.truncate(bytes);
      this.#changed(inode);
    });
  }

  utimes(_atime: number, mtime: number): Promise<void> {
    return this.#run("futime", (inode) => {
      this.#init.tree.setTime(inode, mtime);
      this.#init.onChange(this.#init.path);
    });
  }

  chmod(mode: number): Promise<void> {
    return this.#run("fchmod", (inode) => {
      this.#init.tree.setMode(inode, mode);
      this.#init.onChange(this.#init.path);
    });
  }

  sync(): Promise<void> {
    return this.#synced("fsync", (inode) => this.#init.tree.sync(inode));
  }

  datasync(): Promise<void> {
    return this.#synced("fdatasync", (inode) => {
      if (inode.kind === "file") inode.content.sync();
      else this.#init.tree.sync(inode);
    });
  }

  close(): Promise<void> {
    return this.#run("close", (inode) => {
      this.#open = false;
      inode.opened--;
      this.#init.tree.release(inode);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#open) await this.close();
  }

  async #synced(call: string, work: (inode: Inode) => void): Promise<void> {
    const { inode } = this.#init;
    try {
      await this.#run(call, work);
    } catch (error) {
      if (inode.kind === "file") inode.content.syncFailed();
      throw error;
    }
  }

  #put(bytes: Uint8Array, at: number): number {
    const { inode, flags } = this.#init;
    if (inode.kind !== "file" || !this.#allows(constants.O_WRONLY))
      throw this.#error("EBADF", "write");
    const position = flags & constants.O_APPEND ? inode.content.size : at;
    const written = inode.content.write(bytes, position);
    if (written === 0 && bytes.length > 0) throw this.#error("ENOSPC", "write");
    this.#changed(inode);
    return written;
  }

  #isFull(): boolean {
    return this.#init.tree.freeBlocks === 0;
  }

  #changed(inode: Inode): void {
    this.#init.tree.written(inode);
    this.#init.onChange(this.#init.path);
  }

  #run<Result>(call: string, work: (inode: Inode) => Result): Promise<Result> {
    const { run, path, inode } = this.#init;
    return run(call, path, () => {
      if (!this.#open) throw this.#error("EBADF", call);
      return work(inode);
    });
  }

  #allows(access: number): boolean {
    const how = this.#init.flags & (constants.O_RDONLY | constants.O_WRONLY | constants.O_RDWR);
    return how === access || how === constants.O_RDWR;
  }

  #error(code: DiskErrorCode, call: string): Error {
    return diskError(code, { call, path: this.#init.path });
  }
}
