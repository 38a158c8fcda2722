/** Runs operations in two threads: one that writes, and one that reads while it does. */
import type { Clock } from "@goliath/kit";
import { CalledThread } from "./called-thread.ts";
import { toColumns } from "./commit-columns.ts";
import type { ReadName, Reads, ReplyOf, RequestOf, WriteName, Writes } from "./operations.ts";
import type { Runner } from "./runner.ts";
import type { CommitMessage } from "./store-thread.ts";
import type { ThreadCall, ThreadData } from "./thread-messages.ts";

export interface ThreadRunnerInit extends Omit<ThreadData, "access"> {
  clock: Pick<Clock, "nowMs" | "monotonicMs">;
}

export async function openThreadRunner(init: ThreadRunnerInit): Promise<Runner> {
  const { clock, ...data } = init;
  const start = (access: ThreadData["access"]): CalledThread =>
    CalledThread.start(new URL("./store-thread.ts", import.meta.url), { ...data, access });
  const writer = start("write");
  const reader = start("read");
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
  writer: CalledThread;
  reader: CalledThread;
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
