/** Runs operations in two threads: one that writes, and one that reads while it does. */
import { Worker } from "node:worker_threads";
import type { Clock } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import { toColumns } from "./commit-columns.ts";
import type { ReadName, Reads, ReplyOf, RequestOf, WriteName, Writes } from "./operations.ts";
import { fromSentReply } from "./reply-columns.ts";
import type { Runner } from "./runner.ts";
import type { CommitMessage } from "./store-thread.ts";
import {
  fromSent,
  type FromThread,
  type ThreadCall,
  type ThreadData,
  type ThreadReply,
  type ToThread,
} from "./thread-messages.ts";

/** Calls one thread may owe answers to. Beyond it callers are told to come back. */
const CALLS_WAITING_MAX = 16_384;

export interface ThreadRunnerInit extends Omit<ThreadData, "access"> {
  clock: Pick<Clock, "nowMs" | "monotonicMs">;
}

export async function openThreadRunner(init: ThreadRunnerInit): Promise<Runner> {
  const { clock, ...data } = init;
  const writer = StoreThread.start({ ...data, access: "write" });
  const reader = StoreThread.start({ ...data, access: "read" });
  try {
    // The writer makes the file, so it opens first; both load their code meanwhile.
    await writer.open();
    await reader.open();
    return new ThreadRunner({ writer, reader, clock });
  } catch (error) {
    await reader.close();
    await writer.close();
    throw error;
  }
}

interface Threads {
  writer: StoreThread;
  reader: StoreThread;
  clock: ThreadRunnerInit["clock"];
}

class ThreadRunner implements Runner {
  readonly #threads: Threads;
  readonly #openedAtMs: number;

  constructor(threads: Threads) {
    this.#threads = threads;
    this.#openedAtMs = threads.clock.monotonicMs();
  }

  async read<Name extends ReadName>(
    name: Name,
    request: RequestOf<Reads[Name]>,
  ): Promise<ReplyOf<Reads[Name]>> {
    const reply = await this.#threads.reader.call({ name, request, ...this.#times() });
    return reply as ReplyOf<Reads[Name]>;
  }

  async write<Name extends WriteName>(
    name: Name,
    request: RequestOf<Writes[Name]>,
  ): Promise<ReplyOf<Writes[Name]>> {
    const sent = "who" in request ? commitMessage(request) : request;
    const reply = await this.#threads.writer.call({ name, request: sent, ...this.#times() });
    return reply as ReplyOf<Writes[Name]>;
  }

  #times(): Pick<ThreadCall, "nowMs" | "openMs"> {
    const { clock } = this.#threads;
    return { nowMs: clock.nowMs(), openMs: clock.monotonicMs() - this.#openedAtMs };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#threads.reader.close();
    await this.#threads.writer.close();
  }
}

function commitMessage({ who, request }: RequestOf<Writes["commit"]>): CommitMessage {
  return { who, columns: toColumns(request) };
}

interface Waiting {
  resolve: (reply: unknown) => void;
  reject: (error: GoliathError) => void;
}

/** Stands for the call that opens the file; others count from 1. */
const OPENING = 0;

/** One thread and the calls it owes answers to. */
class StoreThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited: Promise<void>;
  #unsent: ThreadCall[] = [];
  #number = 0;
  #ended: GoliathError | undefined;

  static start(data: ThreadData): StoreThread {
    const url = new URL("./store-thread.ts", import.meta.url);
    return new StoreThread(new Worker(url, { workerData: data, execArgv: [] }));
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#exited = new Promise((resolve) => {
      worker.once("exit", () => {
        this.#end(new GoliathError("closed", "the index is closed"));
        resolve();
      });
    });
    worker.on("message", (message: FromThread) => {
      if ("replies" in message) for (const reply of message.replies) this.#settle(reply);
      else this.#opened(message);
    });
    worker.on("error", (cause: unknown) => {
      this.#end(new GoliathError("internal", "the thread of the index's store failed", { cause }));
    });
  }

  /** Resolves once the file is open there; rejects with what opening threw. */
  open(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(OPENING, { resolve, reject });
      this.#worker.postMessage({ open: true } satisfies ToThread);
    });
  }

  call(message: Omit<ThreadCall, "call">): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (this.#waiting.size >= CALLS_WAITING_MAX) {
      return Promise.reject(new GoliathError("busy", "too many calls are waiting"));
    }
    const call = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      // What all streams ask in this turn goes in one message, which costs more than what is in it.
      if (this.#unsent.push({ ...message, call }) === 1) setImmediate(() => this.#send());
    });
  }

  /** What was asked before is still answered. */
  async close(): Promise<void> {
    this.#send();
    this.#worker.postMessage({ close: true } satisfies ToThread);
    await this.#exited;
  }

  #send(): void {
    const calls = this.#unsent;
    if (calls.length === 0) return;
    this.#unsent = [];
    try {
      this.#worker.postMessage({ calls } satisfies ToThread);
    } catch (error) {
      // Out of memory, or what cannot be cloned: nobody may wait for an answer to it.
      for (const { call } of calls) this.#take(call)?.reject(GoliathError.from(error));
    }
  }

  #opened(message: Exclude<FromThread, { replies: ThreadReply[] }>): void {
    const waiting = this.#take(OPENING);
    if ("ready" in message) waiting?.resolve(undefined);
    else waiting?.reject(fromSent(message.failed));
  }

  #settle(message: ThreadReply): void {
    const waiting = this.#take(message.call);
    if ("reply" in message) waiting?.resolve(fromSentReply(message.reply));
    else waiting?.reject(fromSent(message.error));
  }

  #take(call: number): Waiting | undefined {
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    return waiting;
  }

  #end(error: GoliathError): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
