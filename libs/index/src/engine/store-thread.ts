/** The entry point of a store's thread: one SQLite store, with the engine's operations beside it. */
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { openSqliteIndexStore } from "../store/sqlite-index-store.ts";
import { fromColumns, type CommitColumns } from "./commit-columns.ts";
import { LocalRunner } from "./local-runner.ts";
import { READS, type ReadName, type RequestOf, type WriteName, type Writes } from "./operations.ts";
import {
  toSent,
  type FromThread,
  type ThreadCall,
  type ThreadData,
  type ToThread,
} from "./thread-messages.ts";

function main(port: MessagePort, data: ThreadData): void {
  const send = (message: FromThread): void => port.postMessage(message);
  const clock = new SentClock();
  let runner: LocalRunner | undefined;
  port.on("message", (message: ToThread) => {
    if ("close" in message) void close(runner, port);
    else if ("call" in message && runner) void answer(message, { runner, clock, send });
    else
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

interface Thread {
  runner: LocalRunner;
  clock: SentClock;
  send: (message: FromThread) => void;
}

async function answer(message: ThreadCall, thread: Thread): Promise<void> {
  const { call } = message;
  try {
    // Read before anything is awaited: the next message sets others.
    thread.clock.now = message.nowMs;
    thread.clock.open = message.openMs;
    thread.send({ call, reply: await run(message, thread.runner) });
  } catch (error) {
    thread.send({ call, error: toSent(error) });
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

async function close(runner: LocalRunner | undefined, port: MessagePort): Promise<void> {
  await runner?.[Symbol.asyncDispose]();
  port.close();
}

if (parentPort) main(parentPort, workerData as ThreadData);
