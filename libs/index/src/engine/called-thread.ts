/** A thread that answers calls, seen from the one that asks. */
import { Worker } from "node:worker_threads";
import { GoliathError } from "@goliath/protocols/nouns";
import { fromSentReply } from "./reply-columns.ts";
import {
  fromSent,
  type FromThread,
  type ThreadCall,
  type ThreadReply,
  type ToThread,
} from "./thread-messages.ts";

/** Calls one thread may owe answers to. Beyond it callers are told to come back. */
const CALLS_WAITING_MAX = 16_384;

interface Waiting {
  resolve: (reply: unknown) => void;
  reject: (error: GoliathError) => void;
}

/** Stands for the call that opens the file; others count from 1. */
const OPENING = 0;

/** One thread and the calls it owes answers to. */
export class CalledThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited: Promise<void>;
  #unsent: ThreadCall[] = [];
  #number = 0;
  #ended: GoliathError | undefined;

  /** `data` is what the program at `url` finds as its `workerData`. */
  static start(url: URL, data: unknown): CalledThread {
    return new CalledThread(new Worker(url, { workerData: data, execArgv: [] }));
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
      this.#end(new GoliathError("internal", "a thread of the index failed", { cause }));
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
