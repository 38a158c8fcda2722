/** The errors that every store throws alike. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { ChunkId } from "@goliath/protocols/nouns";

export function missingChunk(id: number, cause?: unknown): GoliathError {
  return new GoliathError("missing", `chunk ${id} is not held here`, { about: { id }, cause });
}

export function rottenChunk(id: ChunkId, where: string): GoliathError {
  return new GoliathError("corrupt", `chunk ${id} has rotted in ${where}`, { about: { id } });
}

/** An id names the same bytes for ever: taking others for it would replace a committed chunk. */
export function reboundChunk(id: ChunkId): GoliathError {
  const message = `chunk ${id} is held with another digest`;
  return new GoliathError("conflict", message, { about: { id } });
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new GoliathError("aborted", "cancelled", { cause: signal.reason });
}
