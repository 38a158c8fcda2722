/** The entry point of a store's thread: one SQLite store, with the engine's operations beside it. */
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { openSqliteIndexStore } from "../store/sqlite-index-store.ts";
import { fromColumns, type CommitColumns } from "./commit-columns.ts";
import { LocalRunner } from "./local-runner.ts";
import { READS, type ReadName, type RequestOf, type WriteName, type Writes } from "./operations.ts";
import { toSentReply } from "./reply-columns.ts";
import {
  toSent,
  type FromThread,
  type ThreadCall,
  type ThreadData,
  type ThreadReply,
  type ToThread,
} from "./thread-messages.ts";

/** Replies in one message: those of one snapshot. The other side goes on with them meanwhile. */
const REPLIES_PER_MESSAGE = 64;

function main(port: MessagePort, data: ThreadData): void {
  const send = (message: FromThread): void => port.postMessage(message);
  const replies = new Replies(send);
  const clock = new SentClock();
  let runner: LocalRunner | undefined;
  port.on("message", (message: ToThread) => {
    if ("close" in message) void close(runner, { port, replies });
    else if ("calls" in message && runner) {
      for (const call of message.calls) void answer(call, { runner, clock, replies });
    } else
      void open(data, clock)
        .then((opened) => {
          runner = opened;
          send({ ready: true });
        })
        .catch((error: unknown) => send({ failed: toSent(error) }));
  });
}

async function open(data: ThreadData, clock: SentClock): Promise<LocalRunner> {
  const store = await openSqliteIndexStore(data);
  return new LocalRunner({ store, clock, leaseMs: data.leaseMs, gather: messagesArrived });
}

/** The times that came with the message which is being taken up. */
class SentClock {
  now = 0;
  open = 0;
  nowMs(): number {
    return this.now;
  }
  monotonicMs(): number {
    return this.open;
  }
}

/** Replies on their way: those of one turn share a message, which costs more than what is in it. */
class Replies {
  readonly #send: (message: FromThread) => void;
  #waiting: ThreadReply[] = [];

  constructor(send: (message: FromThread) => void) {
    this.#send = send;
  }

  add(reply: ThreadReply): void {
    this.#waiting.push(reply);
    if (this.#waiting.length === REPLIES_PER_MESSAGE) this.flush();
    // After all that this message lets happen: reads do not leave this thread.
    else if (this.#waiting.length === 1) process.nextTick(() => this.flush());
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#send({ replies: this.#waiting });
    this.#waiting = [];
  }
}

interface Thread {
  runner: LocalRunner;
  clock: SentClock;
  replies: Replies;
}

async function answer(message: ThreadCall, thread: Thread): Promise<void> {
  const { call } = message;
  try {
    // Read before anything is awaited: the next message sets others.
    thread.clock.now = message.nowMs;
    thread.clock.open = message.openMs;
    const reply = toSentReply(message.name, await run(message, thread.runner));
    thread.replies.add({ call, reply });
  } catch (error) {
    thread.replies.add({ call, error: toSent(error) });
  }
}

function run({ name, request }: ThreadCall, runner: LocalRunner): Promise<unknown> {
  if (name in READS) return runner.read(name as ReadName, request as never);
  if (name !== "commit") return runner.write(name as WriteName, request as never);
  const { who, columns } = request as CommitMessage;
  return runner.write("commit", { who, request: fromColumns(columns) });
}

export interface CommitMessage {
  who: RequestOf<Writes["commit"]>["who"];
  columns: CommitColumns;
}

/** Commits that came while the last group was synced are taken together. */
function messagesArrived(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function close(
  runner: LocalRunner | undefined,
  { port, replies }: { port: MessagePort; replies: Replies },
): Promise<void> {
  await runner?.[Symbol.asyncDispose]();
  replies.flush();
  port.close();
}

if (parentPort) main(parentPort, workerData as ThreadData);
