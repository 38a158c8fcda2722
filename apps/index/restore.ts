/** Puts a backup in place of an index's store. */
import { copyFile, open, rename, rm } from "node:fs/promises";
import {
  lockHome,
  silentLog,
  syncDirectory,
  systemClock,
  systemDisk,
  type Log,
} from "@goliath/kit";
import { openSqliteIndexEngine } from "@goliath/index";
import { GoliathError } from "@goliath/protocols/nouns";
import { openIndexHome, type IndexHome } from "./index-home.ts";

/** How a file of SQLite begins: a backup that was cut short is empty. */
const DATABASE_MARK = "SQLite format 3\0";
/** What SQLite keeps beside a file. */
const BESIDE = ["", "-wal", "-shm"];

export interface RestoreIndexInit {
  home: string;
  /** A backup made by `goliath index backup`. */
  from: string;
  log?: Log;
}

/**
 * The index must not run. What it had is kept as `index.db.before-restore`. A generation begins
 * that no start of this home has used, so that ids given away since the backup are never given
 * again. Throws `locked`, `not-found`, `corrupt` for what is no backup, `bad-request` for another
 * drive's.
 */
export async function restoreIndex({
  home,
  from,
  log = silentLog,
}: RestoreIndexInit): Promise<{ generation: number; revision: number }> {
  await using _lock = await lockHome(home, { disk: systemDisk, role: "index" });
  const kept = await openIndexHome(home, { log });
  const beside = `${kept.database}.restoring`;
  await remove(beside);
  await copyDurably(from, beside);
  const restored = await beginGeneration(kept, beside);
  // Noted first: a crash here skips a generation and repeats none.
  await kept.save({ ...kept.config, generation: restored.generation });
  await replace(kept.database, beside);
  await syncDirectory(systemDisk, home);
  return restored;
}

async function beginGeneration(
  { config }: IndexHome,
  file: string,
): Promise<{ generation: number; revision: number }> {
  for (;;) {
    const init = { file, drive: config.drive, clock: systemClock, restored: true };
    await using engine = await openSqliteIndexEngine(init);
    const { generation, revision } = await engine.drive();
    if (generation > config.generation) return { generation, revision };
  }
}

async function copyDurably(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    if (isMissing)
      throw new GoliathError("not-found", `there is no backup at ${from}`, {
        cause,
        about: { file: from },
      });
    throw GoliathError.from(cause);
  }
  await using copy = await open(to, "r+");
  const { buffer, bytesRead } = await copy.read(Buffer.alloc(DATABASE_MARK.length));
  // Taken for a new index otherwise: an empty drive would stand in place of the one there was.
  if (bytesRead !== buffer.length || buffer.toString("latin1") !== DATABASE_MARK)
    throw new GoliathError("corrupt", `${from} is no backup of an index`, {
      about: { file: from },
    });
  await copy.sync();
}

/** The log goes with its file: one beside another file would be replayed into it. */
async function replace(database: string, restored: string): Promise<void> {
  const aside = `${database}.before-restore`;
  await remove(aside);
  for (const end of BESIDE.toReversed()) await renameIfThere(database + end, aside + end);
  for (const end of BESIDE.toReversed()) await renameIfThere(restored + end, database + end);
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

async function remove(database: string): Promise<void> {
  for (const end of BESIDE) await rm(database + end, { force: true });
}
