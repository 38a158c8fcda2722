/** The thread that searches, seen from the one that asks. */
import type { SearchReply, SearchRequest } from "@goliath/protocols/index/service";
import type { GoliathError } from "@goliath/protocols/nouns";
import { CalledThread } from "../engine/called-thread.ts";
import type { SqliteFile } from "../store/sqlite-connection.ts";
import { fromSent, type SentError } from "../engine/thread-messages.ts";

export interface SearchThreadInit {
  /** The index's file, which is read. */
  index: SqliteFile;
  /** Where the names are kept as they are searched. */
  file: string;
  /** Told what was wrong with that file when it is made anew. */
  onFault?: (error: GoliathError) => void;
}

/** What the thread is started with. */
export type SearchThreadData = Pick<SearchThreadInit, "index" | "file">;

export interface SearchThread extends AsyncDisposable {
  search(request: SearchRequest): Promise<SearchReply>;
  /** There is something new to take in. */
  committed(): void;
}

/** Begins at once; what is asked before its files are open is answered afterwards. */
export function openSearchThread({ index, file, onFault }: SearchThreadInit): SearchThread {
  const url = new URL("./searching.ts", import.meta.url);
  const data: SearchThreadData = { index, file };
  const thread = CalledThread.start(url, data);
  // A thread that cannot begin says so to whoever searches.
  thread.open().catch(() => undefined);
  const call = (name: string, request: unknown): Promise<unknown> =>
    thread.call({ name, request, nowMs: 0, openMs: 0 });
  const tell = async (): Promise<void> => {
    const faults = (await call("committed", {})) as SentError[];
    for (const fault of faults) onFault?.(fromSent(fault));
  };
  const committed = oneAtATime(tell);
  return {
    search: async (request) => (await call("search", request)) as SearchReply,
    committed,
    [Symbol.asyncDispose]: () => thread.close(),
  };
}

/** What is asked while it is under way is done once more after it, however often it was asked. */
function oneAtATime(work: () => Promise<void>): () => void {
  let asked = 0;
  const run = async (): Promise<void> => {
    for (let done = 0; done !== asked;) {
      done = asked;
      await work().catch(() => undefined);
    }
    asked = 0;
  };
  return () => {
    if (asked++ === 0) void run();
  };
}
