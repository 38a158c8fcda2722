/**
 * The entry point of the thread that searches. Searches come first; between them it takes in what
 * was committed, in short steps with rests between, and gives way to the threads of the store.
 */
import { setPriority } from "node:os";
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { systemClock } from "@goliath/kit";
import type { SearchRequest } from "@goliath/protocols/index/service";
import {
  toSent,
  type FromThread,
  type SentError,
  type ThreadCall,
  type ToThread,
} from "../engine/thread-messages.ts";
import { openSqliteIndexStore, type SqliteIndexStore } from "../store/sqlite-index-store.ts";
import { NameSearch } from "./name-search.ts";
import type { SearchThreadData } from "./search-thread.ts";

/** Commits that come so soon after one another are taken in together, in milliseconds. */
const GATHER_MS = 50;
/** How often it looks by itself whether there is something to mend. */
const IDLE_MS = 10_000;
/** Rest after each step, for each millisecond it took: half of a core at most. */
const REST = 1;
/** On Linux a thread has a priority of its own: below those that commit and resolve. */
const PRIORITY = 10;
/** Faults kept until they are asked for. */
const FAULTS_MAX = 8;

class Searching {
  readonly #port: MessagePort;
  readonly #data: SearchThreadData;
  readonly #searches: ThreadCall[] = [];
  #faults: SentError[] = [];
  #isClosing = false;
  /** Ends a wait. */
  #wake = new AbortController();

  constructor(port: MessagePort, data: SearchThreadData) {
    this.#port = port;
    this.#data = data;
    port.on("message", (message: ToThread) => this.#take(message));
  }

  #take(message: ToThread): void {
    if ("open" in message) void this.#run();
    else if ("close" in message) this.#isClosing = true;
    else for (const call of message.calls) this.#takeCall(call);
    this.#wake.abort();
  }

  #takeCall(call: ThreadCall): void {
    if (call.name === "search") this.#searches.push(call);
    else this.#send({ replies: [{ call: call.call, reply: { plain: this.#faults.splice(0) } }] });
  }

  async #run(): Promise<void> {
    try {
      await using store = await openSqliteIndexStore({ ...this.#data.index, access: "read" });
      using search = this.#open(store);
      this.#send({ ready: true });
      while (!this.#isClosing || this.#searches.length > 0) await this.#turn(search);
    } catch (error) {
      this.#send({ failed: toSent(error) });
    }
    this.#port.close();
  }

  #open(store: SqliteIndexStore): NameSearch {
    return new NameSearch({
      store,
      file: this.#data.file,
      clock: systemClock,
      onFault: (error) => {
        if (this.#faults.length < FAULTS_MAX) this.#faults.push(toSent(error));
      },
    });
  }

  async #turn(search: NameSearch): Promise<void> {
    const asked = this.#searches.shift();
    if (asked) {
      await this.#answer(asked, search);
      return;
    }
    const beganMs = systemClock.monotonicMs();
    if (await search.step()) {
      await this.#wait(REST * (systemClock.monotonicMs() - beganMs));
      return;
    }
    await this.#wait(IDLE_MS);
    if (this.#searches.length === 0 && !this.#isClosing) await this.#wait(GATHER_MS);
  }

  async #answer({ call, request }: ThreadCall, search: NameSearch): Promise<void> {
    try {
      const reply = await search.search(request as SearchRequest);
      this.#send({ replies: [{ call, reply: { plain: reply } }] });
    } catch (error) {
      this.#send({ replies: [{ call, error: toSent(error) }] });
    }
    // Messages that came meanwhile are taken before the next turn.
    await this.#wait(0);
  }

  /** Ends early with the next message. */
  async #wait(ms: number): Promise<void> {
    this.#wake = new AbortController();
    await systemClock.sleep(ms, this.#wake.signal).catch(() => undefined);
  }

  #send(message: FromThread): void {
    this.#port.postMessage(message);
  }
}

if (parentPort) {
  if (process.platform === "linux") setPriority(PRIORITY);
  void new Searching(parentPort, workerData as SearchThreadData);
}
