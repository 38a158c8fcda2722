/** A store that fails, on command or by chance: what stands on stores must survive it. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, Digest, ErrorCode } from "@goliath/protocols/nouns";
import type { ReadOptions } from "./chunk-store.ts";
import { ForwardedChunks, type Decorated } from "./forwarded-chunks.ts";

export type FaultyOperation = "read" | "write" | "drop";

export interface ChunkFaults {
  /** From 0 to below 1, seeded by the test. */
  random: () => number;
  /** The part of all calls that fails, from 0 to 1. */
  rate: number;
  code: ErrorCode;
}

export class FaultyChunks extends ForwardedChunks {
  readonly #faults: ChunkFaults | undefined;
  readonly #commanded: { operation: FaultyOperation; code: ErrorCode; left: number }[] = [];

  constructor(inner: Decorated, faults?: ChunkFaults) {
    super(inner);
    this.#faults = faults;
  }

  /** The next `count` such calls fail with `code`, before anything was done. */
  fail(operation: FaultyOperation, { code, count = 1 }: { code: ErrorCode; count?: number }): void {
    this.#commanded.push({ operation, code, left: count });
  }

  override async read(id: ChunkId, options?: ReadOptions): Promise<Uint8Array> {
    this.#perhapsFail("read");
    return super.read(id, options);
  }

  override async write(chunk: { id: ChunkId; digest: Digest; bytes: Uint8Array }): Promise<void> {
    this.#perhapsFail("write");
    await super.write(chunk);
  }

  override async drop(runs: readonly ChunkRun[]): Promise<void> {
    this.#perhapsFail("drop");
    await super.drop(runs);
  }

  #perhapsFail(operation: FaultyOperation): void {
    const command = this.#commanded.find(
      (fault) => fault.operation === operation && fault.left > 0,
    );
    if (command) command.left--;
    const code = command?.code ?? this.#byChance();
    if (code) throw new GoliathError(code, `this ${operation} was made to fail`);
  }

  #byChance(): ErrorCode | undefined {
    if (!this.#faults) return undefined;
    return this.#faults.random() < this.#faults.rate ? this.#faults.code : undefined;
  }
}
