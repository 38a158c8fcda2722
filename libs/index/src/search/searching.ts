/**
 * The entry point of the thread that searches. Searches come first. What was committed is taken in
 * between them, in short steps with rests, and not while commits come one after the other: these
 * need the processor themselves, and a search takes in by itself what it has time for.
 */
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

/** For so long nothing must have been committed before names are taken in, in milliseconds … */
const QUIET_MS = 1000;
/** … unless they have waited for so long. */
const LATE_MS = 30_000;
/** How often it looks by itself whether there is something to mend. */
const IDLE_MS = 10_000;
/** Rest after each step, for each millisecond it took: half of a core, or a fifth of one. */
const REST_QUIET = 1;
const REST_BUSY = 4;
/** Faults kept until they are asked for. */
const FAULTS_MAX = 8;

class Searching {
  readonly #port: MessagePort;
  readonly #data: SearchThreadData;
  readonly #searches: ThreadCall[] = [];
  readonly #faults: SentError[] = [];
  /** Who waits to hear that what was committed is taken in. */
  #tellers: number[] = [];
  /** Since when there may be something to take in. */
  #owedSinceMs: number | undefined = 0;
  #revision = -1;
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
    if (call.name === "search") {
      this.#searches.push(call);
      return;
    }
    this.#tellers.push(call.call);
    this.#owedSinceMs ??= systemClock.monotonicMs();
  }

  async #run(): Promise<void> {
    try {
      await using store = await openSqliteIndexStore({ ...this.#data.index, access: "read" });
      using search = this.#open(store);
      this.#send({ ready: true });
      while (!this.#isClosing || this.#searches.length > 0) await this.#turn(search, store);
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

  async #turn(search: NameSearch, store: SqliteIndexStore): Promise<void> {
    const asked = this.#searches.shift();
    if (asked) await this.#answer(asked, search);
    else if (this.#owedSinceMs === undefined) await this.#idle();
    else await this.#work(search, { store, sinceMs: this.#owedSinceMs });
  }

  async #idle(): Promise<void> {
    await this.#wait(IDLE_MS);
    if (this.#searches.length === 0) this.#owedSinceMs ??= systemClock.monotonicMs();
  }

  async #work(
    search: NameSearch,
    { store, sinceMs }: { store: SqliteIndexStore; sinceMs: number },
  ): Promise<void> {
    const { revision } = await store.read((reader) => reader.head());
    const isBusy = revision !== this.#revision && this.#revision !== -1;
    this.#revision = revision;
    const beganMs = systemClock.monotonicMs();
    if (isBusy && beganMs - sinceMs < LATE_MS) await this.#wait(QUIET_MS);
    else if (await search.step()) {
      const tookMs = systemClock.monotonicMs() - beganMs;
      await this.#wait(tookMs * (isBusy ? REST_BUSY : REST_QUIET));
    } else this.#settle();
  }

  #settle(): void {
    this.#owedSinceMs = undefined;
    const replies = this.#tellers.splice(0).map((call) => {
      return { call, reply: { plain: this.#faults.splice(0) } };
    });
    if (replies.length > 0) this.#send({ replies });
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

if (parentPort) void new Searching(parentPort, workerData as SearchThreadData);
