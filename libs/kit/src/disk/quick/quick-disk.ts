/**
 * The machine's disk for whoever has many small files: steps are done in threads of their own,
 * many sets of them for one message, and a whole file system is synced by one call.
 */
import { constants } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Disk, DiskStats } from "../disk.ts";
import type { Step, StepResult, StepsDone } from "../steps.ts";
import { systemDisk } from "../system-disk.ts";
import { FileSystemSync } from "./file-system-sync.ts";
import type { PlainDone, PlainError, PlainStats } from "./steps-now.ts";

/** Two keep a disk and two cores busy. */
const THREADS_MAX = 2;
/** Sets of steps in one message: beyond it the first would wait long for the last. */
const SETS_MAX = 64;

interface Waiting {
  steps: readonly Step[];
  resolve: (done: StepsDone) => void;
  reject: (error: Error) => void;
}

/** Starts threads when there is work, and keeps no process alive for them. */
export function openQuickDisk(): Disk & AsyncDisposable {
  const threads = new StepThreads();
  const syncs = new FileSystemSync();
  return {
    ...systemDisk,
    steps: (steps) => threads.run(steps),
    syncFileSystems: (paths) => syncs.sync(paths),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([threads[Symbol.asyncDispose](), syncs[Symbol.asyncDispose]()]);
    },
  };
}

class StepThreads implements AsyncDisposable {
  readonly #queue: Waiting[] = [];
  readonly #idle: Worker[] = [];
  /** The threads, with what each of them is at. */
  readonly #underway = new Map<Worker, Waiting[]>();
  #scheduled = false;

  run(steps: readonly Step[]): Promise<StepsDone> {
    const { promise, resolve, reject } = Promise.withResolvers<StepsDone>();
    this.#queue.push({ steps, resolve, reject });
    this.#schedule();
    return promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#underway.keys()].map((worker) => worker.terminate()));
  }

  /** What is asked for in one turn of the event loop goes together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? this.#start();
      if (!worker) return;
      // Shared among the threads that are free or may be started.
      const free = 1 + this.#idle.length + (THREADS_MAX - this.#underway.size);
      const share = Math.min(Math.ceil(this.#queue.length / free), SETS_MAX);
      const sets = this.#queue.splice(0, share);
      this.#underway.set(worker, sets);
      worker.ref();
      worker.postMessage(sets.map(({ steps }) => steps));
    }
  }

  #start(): Worker | undefined {
    if (this.#underway.size >= THREADS_MAX) return undefined;
    const worker = new Worker(new URL("steps-worker.ts", import.meta.url), { execArgv: [] });
    worker.on("message", (outcomes: PlainDone[]) => this.#answered(worker, outcomes));
    worker.on("error", (error: Error) => this.#lost(worker, error));
    worker.on("exit", () => this.#lost(worker, new Error("the thread for the disk has ended")));
    this.#underway.set(worker, []);
    return worker;
  }

  #answered(worker: Worker, outcomes: PlainDone[]): void {
    const sets = this.#underway.get(worker) ?? [];
    this.#underway.set(worker, []);
    this.#idle.push(worker);
    worker.unref();
    outcomes.forEach((outcome, at) => sets[at]?.resolve(doneOf(outcome)));
    this.#dispatch();
  }

  #lost(worker: Worker, error: Error): void {
    const sets = this.#underway.get(worker) ?? [];
    this.#underway.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
    for (const { reject } of sets) reject(error);
    this.#schedule();
  }
}

function doneOf({ results, failed }: PlainDone): StepsDone {
  const done: StepsDone = { results: results.map(resultOf) };
  if (failed) done.failed = errorOf(failed);
  return done;
}

function resultOf(result: PlainDone["results"][number]): StepResult {
  return result && "ino" in result ? new Stats(result) : result;
}

function errorOf({ message, ...facts }: PlainError): Error {
  return Object.assign(new Error(message), facts);
}

class Stats implements DiskStats {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly mode: bigint;
  readonly nlink: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly birthtimeNs: bigint;

  constructor(plain: PlainStats) {
    this.dev = plain.dev;
    this.ino = plain.ino;
    this.mode = plain.mode;
    this.nlink = plain.nlink;
    this.size = plain.size;
    this.mtimeNs = plain.mtimeNs;
    this.ctimeNs = plain.ctimeNs;
    this.birthtimeNs = plain.birthtimeNs;
  }

  isFile(): boolean {
    return this.#is(constants.S_IFREG);
  }

  isDirectory(): boolean {
    return this.#is(constants.S_IFDIR);
  }

  isSymbolicLink(): boolean {
    return this.#is(constants.S_IFLNK);
  }

  #is(kind: number): boolean {
    return (Number(this.mode) & constants.S_IFMT) === kind;
  }
}
