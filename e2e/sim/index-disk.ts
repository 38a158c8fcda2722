/** Where the index keeps its state: it survives the index's process, and may be copied as backups are. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemoryIndexStore, openSqliteIndexStore, type IndexStore } from "@goliath/index";
import { systemDisk } from "@goliath/kit";
import type { DriveId } from "@goliath/protocols/nouns";

interface DriveInit {
  drive: DriveId;
  chunkBytes: number;
}

export interface IndexDisk {
  /** What is on it, for a process that starts. The process before it has ended. */
  open(): Promise<IndexStore>;
  /** A backup, made while the index serves. */
  copy(): Promise<IndexDisk>;
  /** Leaves nothing behind. */
  [Symbol.dispose](): void;
}

export function createMemoryDisk(init: DriveInit): IndexDisk {
  return new MemoryDisk(new MemoryIndexStore(init));
}

class MemoryDisk implements IndexDisk {
  readonly #store: MemoryIndexStore;

  constructor(store: MemoryIndexStore) {
    this.#store = store;
  }

  async open(): Promise<IndexStore> {
    return this.#store;
  }

  async copy(): Promise<IndexDisk> {
    return new MemoryDisk(new MemoryIndexStore({ copyOf: this.#store }));
  }

  [Symbol.dispose](): void {}
}

/** A real file, in a folder of its own: SQLite in this thread, so that one seed stays one history. */
export function createSqliteDisk(init: DriveInit): IndexDisk {
  return new SqliteDisk(mkdtempSync(join(tmpdir(), "goliath-sim-")), init);
}

class SqliteDisk implements IndexDisk {
  readonly #folder: string;
  readonly #init: DriveInit;
  readonly #copies: IndexDisk[] = [];
  #store: IndexStore | undefined;

  constructor(folder: string, init: DriveInit) {
    this.#folder = folder;
    this.#init = init;
  }

  get #file(): string {
    return join(this.#folder, "index.db");
  }

  async open(): Promise<IndexStore> {
    await this.#store?.[Symbol.asyncDispose]();
    this.#store = await openSqliteIndexStore({ file: this.#file, ...this.#init });
    return this.#store;
  }

  async copy(): Promise<IndexDisk> {
    const copy = new SqliteDisk(mkdtempSync(join(tmpdir(), "goliath-sim-")), this.#init);
    this.#copies.push(copy);
    const database = systemDisk.database(this.#file, { timeoutMs: 0 });
    try {
      database.prepare("VACUUM INTO ?").run(copy.#file);
    } finally {
      database.close();
    }
    return copy;
  }

  [Symbol.dispose](): void {
    void this.#store?.[Symbol.asyncDispose]();
    for (const copy of this.#copies) copy[Symbol.dispose]();
    rmSync(this.#folder, { recursive: true });
  }
}
