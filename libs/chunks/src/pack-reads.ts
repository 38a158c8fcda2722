/** Reading chunks as they lie in packs: past compaction, which moves them, and disks that fail. */
import { constants } from "node:fs";
import type { Clock, Disk } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import { missingChunk } from "./chunk-errors.ts";
import { FileHandles } from "./file-handles.ts";
import { readFully } from "./hash-file.ts";
import type { PackCatalogue, PackedChunk } from "./pack-catalogue.ts";
import { RECORD_HEADER_BYTES } from "./pack-format.ts";
import { packPath } from "./pack-writer.ts";
import { ReadFaults } from "./read-faults.ts";

export interface PackReadsInit {
  disk: Disk;
  directory: string;
  clock: Clock;
  catalogue: PackCatalogue;
}

/** What one attempt to read a chunk brought. */
export interface ReadAttempt {
  /** Unchecked; undefined when they could not be read. */
  bytes?: Uint8Array | undefined;
  /** The disk said that it failed, which says nothing of the bytes. */
  fault?: unknown;
}

export class PackReads implements AsyncDisposable {
  readonly #init: PackReadsInit;
  readonly #handles: FileHandles;
  readonly #faults: ReadFaults;

  constructor(init: PackReadsInit) {
    const { disk, clock } = init;
    this.#init = init;
    this.#handles = new FileHandles({ disk, clock, flags: constants.O_RDONLY });
    this.#faults = new ReadFaults(clock);
  }

  /**
   * The chunk's bytes; without any they are lost, for there is no pack any more or the disk has
   * failed to read them for long. Throws `missing` while the disk only fails.
   */
  async read(chunk: PackedChunk): Promise<ReadAttempt> {
    const tried = await this.attempt(chunk);
    const { bytes, fault } = tried;
    if (fault !== undefined && !this.#faults.failed(chunk.id)) throw missingChunk(chunk.id, fault);
    if (bytes) this.#faults.worked(chunk.id);
    return tried;
  }

  /** Once. A pack that compaction deletes meanwhile is followed. Throws `missing`. */
  async attempt(chunk: PackedChunk): Promise<ReadAttempt> {
    const { directory, catalogue } = this.#init;
    const file = { key: chunk.pack, path: packPath(directory, chunk.pack) };
    const buffer = Buffer.allocUnsafeSlow(chunk.length);
    const start = chunk.offset + RECORD_HEADER_BYTES;
    try {
      return {
        bytes: await this.#handles.use(file, (handle) => readFully(handle, buffer, start)),
      };
    } catch (thrown) {
      const now = catalogue.get(chunk.id);
      if (!now) throw missingChunk(chunk.id, thrown);
      if (now.pack !== chunk.pack) return this.attempt(now);
      const code = systemCode(thrown);
      if (code === "EIO") return { fault: thrown };
      // Somebody deleted the pack: as bad as wrong bytes.
      if (code === "ENOENT") return {};
      throw GoliathError.from(thrown);
    }
  }

  /** Closes a pack's file. */
  forget(pack: number): Promise<void> {
    return this.#handles.forget(pack);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#handles[Symbol.asyncDispose]();
  }
}

function systemCode(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
}
