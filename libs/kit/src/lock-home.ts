/** One process per home and role. */
import { join } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";
import Database from "better-sqlite3";
import type { Disk } from "./disk/disk.ts";
import { makeDirectoryDurably } from "./durable-file.ts";
import { openFile } from "./open-database.ts";

export interface HomeLock extends AsyncDisposable {
  readonly home: string;
}

export interface LockHomeOptions {
  disk: Disk;
  /** What the process is: an index and a peer may share one home. */
  role: string;
}

/**
 * Makes the home (mode 0700) and holds it until disposed or until the process dies, however it
 * dies: the lock is an open exclusive transaction on a tiny SQLite file, which the system lets go
 * with the process. Throws `locked` when another process holds it.
 */
export async function lockHome(home: string, { disk, role }: LockHomeOptions): Promise<HomeLock> {
  await makeDirectoryDurably(home, { disk, mode: 0o700 });
  const file = join(home, `${role}.lock`);
  const db = openFile(file, { disk, timeoutMs: 0 });
  try {
    // Nothing is ever written in it, so a crash leaves no journal behind.
    db.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    db.close();
    if (!isBusy(cause)) throw GoliathError.from(cause);
    const message = `another process already runs as ${role} in ${home}`;
    throw new GoliathError("locked", message, { cause, about: { home, role } });
  }
  return {
    home,
    [Symbol.asyncDispose]: async () => {
      if (db.open) db.close();
    },
  };
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Database.SqliteError && thrown.code.startsWith("SQLITE_BUSY");
}
