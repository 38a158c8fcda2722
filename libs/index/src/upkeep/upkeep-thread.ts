/** The entry point of the thread that copies or checks an index's file. It writes nothing in it. */
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import Database from "better-sqlite3";

export type UpkeepJob =
  | { kind: "backup"; file: string; to: string }
  | { kind: "check"; file: string };

export interface UpkeepResult {
  /** Of the copy, or of the file. */
  revision: number;
  problems: string[];
}

/** Problems told: a file with more is lost anyway. */
const PROBLEMS_MAX = 100;

function work(job: UpkeepJob): UpkeepResult {
  const database = new Database(job.file, { readonly: true, fileMustExist: true });
  try {
    if (job.kind === "check")
      return { revision: revisionOf(database), problems: problemsOf(database) };
    // One transaction: the copy is of one revision, whatever is committed meanwhile.
    database.prepare("VACUUM INTO ?").run(job.to);
  } finally {
    database.close();
  }
  const copy = new Database(job.to, { readonly: true, fileMustExist: true });
  try {
    return { revision: revisionOf(copy), problems: [] };
  } finally {
    copy.close();
  }
}

function revisionOf(database: Database.Database): number {
  return Number(database.prepare("SELECT revision FROM drive").pluck().get());
}

function problemsOf(database: Database.Database): string[] {
  const found = database.prepare(`PRAGMA integrity_check(${PROBLEMS_MAX})`).pluck().all();
  return found.map(String).filter((line) => line !== "ok");
}

const port: MessagePort | null = parentPort;
port?.postMessage(work(workerData as UpkeepJob));
