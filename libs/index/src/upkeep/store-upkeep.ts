/** Backups and checks of the index's file, in a thread of their own while the index serves. */
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { syncDirectory, systemDisk } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import type { UpkeepJob, UpkeepResult } from "./upkeep-thread.ts";

/** Read and written by its owner alone. */
const BACKUP_MODE = 0o600;

export interface BackupInit {
  /** The index's SQLite file. */
  file: string;
  /** Must not exist. */
  to: string;
  signal?: AbortSignal;
}

/**
 * Writes all the index knows, as of one revision, into a new file. It is written beside and
 * renamed once it is on disk: whatever stands at `to` is a whole backup. Throws `exists`, `full`.
 */
export async function backUpIndex({
  file,
  to,
  signal,
}: BackupInit): Promise<{ revision: number; bytes: number }> {
  const beside = `${to}.partial`;
  // Claims the name: two backups to one place cannot both go on.
  await claim(to);
  try {
    await rm(beside, { force: true });
    const { revision } = await run({ kind: "backup", file, to: beside }, signal);
    await using written = await open(beside, "r+");
    // Names and members of a private drive, outside the home that only its owner can enter.
    await written.chmod(BACKUP_MODE);
    await written.sync();
    const { size } = await written.stat();
    await rename(beside, to);
    await syncDirectory(systemDisk, dirname(to));
    return { revision, bytes: size };
  } catch (error) {
    await rm(beside, { force: true });
    await rm(to, { force: true });
    throw error;
  }
}

/** Reads the whole file and says what is wrong with it, a line a problem; none: all is well. */
export async function checkIndex({ file, signal }: Omit<BackupInit, "to">): Promise<string[]> {
  return (await run({ kind: "check", file }, signal)).problems;
}

async function claim(path: string): Promise<void> {
  try {
    await (await open(path, "wx", BACKUP_MODE)).close();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const init = { cause, about: { file: path } };
    if (code === "EEXIST") throw new GoliathError("exists", `${path} is there already`, init);
    if (code === "ENOENT") throw new GoliathError("not-found", `no folder for ${path}`, init);
    throw GoliathError.from(cause);
  }
}

async function run(job: UpkeepJob, signal: AbortSignal | undefined): Promise<UpkeepResult> {
  signal?.throwIfAborted();
  const url = new URL("./upkeep-thread.ts", import.meta.url);
  const worker = new Worker(url, { workerData: job, execArgv: [] });
  const stop = (): void => void worker.terminate();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await new Promise<UpkeepResult>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () =>
        reject(new GoliathError("aborted", "the work on the store was stopped")),
      );
    });
  } catch (error) {
    throw GoliathError.from(error);
  } finally {
    signal?.removeEventListener("abort", stop);
    await worker.terminate();
  }
}
