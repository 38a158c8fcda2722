/** The engine over a SQLite file, in threads of its own. */
import { CHUNK_BYTES_DEFAULT, type GoliathError } from "@goliath/protocols/nouns";
import { LEASE_MS_DEFAULT } from "./bounds.ts";
import type { IndexEngine } from "./engine.ts";
import { openSearchThread } from "../search/search-thread.ts";
import { createIndexEngine } from "./index-engine.ts";
import type { IndexEngineInit } from "./open-memory-engine.ts";
import { openThreadRunner } from "./thread-runner.ts";

export interface SqliteIndexEngineInit extends IndexEngineInit {
  /** Made when absent. Beside it SQLite keeps `-wal` and `-shm`. */
  file: string;
  /** Whether the file came back from a backup: a new generation of ids begins. */
  restored?: boolean;
  /** Names are searched by way of a file that is made from the other; without, by reading all. */
  search?: SearchFile;
}

export interface SearchFile {
  /** Made when absent, or of no use. */
  file: string;
  /** Told what was wrong with it when it is made anew. */
  onFault?: (error: GoliathError) => void;
}

/**
 * An index in one SQLite file, in threads of its own. Throws `unsupported` for a file of a newer
 * format and `bad-request` for one of another drive or chunk size.
 */
export async function openSqliteIndexEngine(init: SqliteIndexEngineInit): Promise<IndexEngine> {
  const {
    chunkBytes = CHUNK_BYTES_DEFAULT,
    leaseMs = LEASE_MS_DEFAULT,
    restored,
    search,
    ...rest
  } = init;
  const runner = await openThreadRunner({ ...rest, chunkBytes, leaseMs });
  if (restored) await runner.write("beginGeneration", {});
  const { file, drive } = rest;
  const searching = search && openSearchThread({ ...search, index: { file, drive, chunkBytes } });
  return createIndexEngine(runner, searching);
}
