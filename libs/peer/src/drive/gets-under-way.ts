/**
 * The `get`s under way, in the peer's database. A process that ends in the middle of one leaves the
 * files it was writing beside their final names, in a folder of the user's. Each get has a mark that
 * nobody else can have, in the names of its temporary files: what bears the mark of a get that did
 * not end is ours, and is removed at the next start.
 */
import { dirname, join, resolve } from "node:path";
import type { Disk, Log, SqliteDatabase } from "@goliath/kit";
import { isAbsent } from "../share/share-disk.ts";

/** Gets that ended badly where nothing could be removed since: the oldest of more are forgotten. */
const GETS_MAX = 1_000;
/** Hexadecimal digits of a mark: 64 random bits. */
const MARK_DIGITS = 16;
const TEMPORARY_NAME = /^\.goliath-get-[\da-f]{16}-\d+$/u;
const TABLE = `
CREATE TABLE IF NOT EXISTS get_under_way (
  id INTEGER PRIMARY KEY AUTOINCREMENT, mark TEXT NOT NULL, target TEXT NOT NULL
) STRICT;
`;

export function createGetTable(database: SqliteDatabase): void {
  database.exec(TABLE);
}

export interface GetUnderWay {
  /** In the name of each temporary file, see `temporaryNameOf`. */
  mark: string;
  /** All is in its place, on the disk. One that failed stays noted: what it removed may come back. */
  end(): void;
}

export interface GetsUnderWayInit {
  /** With the table of `createGetTable`. */
  database: SqliteDatabase;
  disk: Disk;
  /** From 0 to 1. */
  random: () => number;
  log: Log;
}

interface GetRow {
  id: number;
  mark: string;
  target: string;
}

export class GetsUnderWay {
  readonly #init: GetsUnderWayInit;

  constructor(init: GetsUnderWayInit) {
    this.#init = init;
  }

  /** Before the first file is written. `target`: the path the file or tree will have. */
  begin(target: string): GetUnderWay {
    const { random } = this.#init;
    const half = (): string =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(MARK_DIGITS / 2, "0");
    const mark = half() + half();
    const id = this.#note({ mark, target: resolve(target) });
    return { mark, end: () => this.#end(id) };
  }

  /** A home without space is no reason to write nothing elsewhere: then it is not noted. */
  #note({ mark, target }: { mark: string; target: string }): number | undefined {
    const { database, log } = this.#init;
    try {
      return database.transaction(() => {
        const insert = database.prepare("INSERT INTO get_under_way (mark, target) VALUES (?, ?)");
        const id = Number(insert.run(mark, target).lastInsertRowid);
        database.prepare("DELETE FROM get_under_way WHERE id <= ?").run(id - GETS_MAX);
        return id;
      })();
    } catch (error) {
      log.warn("a get was not noted: killed, it may leave a temporary file", { target, error });
      return undefined;
    }
  }

  /**
   * Removes what an earlier process left behind; what cannot be reached now is tried at the next
   * start. Call it before the first `begin`. Never rejects.
   */
  async removeLeftovers(signal: AbortSignal): Promise<void> {
    const { database, log } = this.#init;
    const rows = database.prepare<[], GetRow>("SELECT * FROM get_under_way").all();
    for (const row of rows) {
      try {
        await this.#removeFrom(dirname(row.target), { ...row, deep: false, signal });
        await this.#removeFrom(row.target, { ...row, deep: true, signal }).catch(ifAbsent);
        this.#end(row.id);
      } catch (error) {
        if (signal.aborted) return;
        log.debug("what a get left behind could not be removed", { target: row.target, error });
      }
    }
  }

  /** No link is followed: below one are other folders than the get's. */
  async #removeFrom(
    folder: string,
    { mark, deep, signal }: { mark: string; deep: boolean; signal: AbortSignal },
  ): Promise<void> {
    const { disk } = this.#init;
    for (const name of await disk.readdir(folder)) {
      signal.throwIfAborted();
      const path = join(folder, name);
      if (name.startsWith(temporaryNameOf(mark, ""))) await disk.unlink(path).catch(ifAbsent);
      else if (deep && (await disk.lstat(path, { bigint: true })).isDirectory())
        await this.#removeFrom(path, { mark, deep, signal });
    }
  }

  /** What stays noted costs a look at the next start. */
  #end(id: number | undefined): void {
    const { database, log } = this.#init;
    if (id === undefined || !database.open) return;
    try {
      database.prepare("DELETE FROM get_under_way WHERE id = ?").run(id);
    } catch (error) {
      log.warn("the end of a get was not noted", { error });
    }
  }
}

/** What a get writes to before the file has its final name. */
export function temporaryNameOf(mark: string, number: number | ""): string {
  return `.goliath-get-${mark}-${number}`;
}

/** Whether some get, of this home or another, is or was writing there. */
export function isTemporaryName(name: string): boolean {
  return TEMPORARY_NAME.test(name);
}

function ifAbsent(error: unknown): void {
  if (!isAbsent(error)) throw error;
}
