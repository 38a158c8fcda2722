/**
 * Commits of this peer, one after the other, each exactly once.
 *
 * The argument: a commit's number is taken and written down, in one transaction with the commit
 * itself where it is to outlive this process, before anything is sent. From then on only these
 * very bytes are sent under it, until an answer comes: after a lost answer the index finds number
 * and digest the same and returns the first result. What follows from the commit on this side (a
 * share's rows) is applied in the transaction that forgets it: a crash before that sends the same
 * commit again, a crash after finds nothing to send. Commits leave one at a time, since a later
 * number that arrives first would make the index refuse the earlier one.
 */
import { backOff, Semaphore, type Clock, type Log, type SqliteDatabase } from "@goliath/kit";
import { digestOfChanges, type CommitReply, type CommitRequest } from "@goliath/protocols/index";
import { GoliathError, hasCode } from "@goliath/protocols/nouns";
import { deserialize, serialize } from "node:v8";
import type { IndexLink } from "../parts.ts";
import { whileReachable } from "./while-reachable.ts";

/** First and longest wait between two attempts. An index that was away is asked within 10 s. */
const RETRY_MIN_MS = 200;
const RETRY_MAX_MS = 10_000;
/** Refusals that may pass (`internal`, `full`, `unverified`) before they are believed. */
const FAULTS_MAX = 4;
/** Numbers passed over at most, where the clock is behind: 2^33 commits fit below 2^53. */
const SKIP_MAX = 2 ** 20;
/** Numbers that may turn out to be used. Each attempt leaps twice as far: 2^40 ms are 35 years. */
const LEAPS_MAX = 40;
/** Errors of the way, not of the commit: worth waiting out. */
const AWAY = ["unavailable", "closed", "timeout", "busy"] as const;
/**
 * How long the answer to a commit that was sent is waited for while the index is away: a restart of
 * it is over by then. One that was not sent is given up as soon as the index counts as away.
 */
const DOUBT_MS = 30_000;
const UNSENT = "the index cannot be reached: nothing was changed";
const UNANSWERED =
  "the index went away before it answered: this may have happened, so look with `goliath log` first";

const TABLES = `
CREATE TABLE IF NOT EXISTS commit_number (
  one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS commit_kept (
  number INTEGER PRIMARY KEY, owner INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
INSERT OR IGNORE INTO commit_number VALUES (1, 0);
`;

/** A commit without what the queue adds. */
export type CommitInit = Omit<CommitRequest, "number" | "digest">;

/** A commit that outlives the process: sent again after a restart, its effects applied once. */
export interface KeptCommit {
  /** Whose effects these are: a share's id. */
  owner: number;
  /** Any structured-clonable value, handed back to `apply`. */
  effects: unknown;
}

export interface CommitOptions {
  signal?: AbortSignal;
  /** Called when it is sent: from then on it may have happened, until it is refused. */
  onSent?: () => void;
  /** Without it the commit ends with its caller, and its outcome is unknown after a crash. */
  keep?: KeptCommit;
}

export interface CommitQueueInit {
  database: SqliteDatabase;
  link: IndexLink;
  clock: Clock;
  random: () => number;
  log: Log;
}

/** `reply` is undefined for effects that needed no commit. */
type Apply = (kept: KeptCommit, reply: CommitReply | undefined) => void;

export class CommitQueue {
  readonly #init: CommitQueueInit;
  readonly #turn = new Semaphore({ max: 1 });
  #apply: Apply = () => undefined;

  /** The tables must be there: see `createCommitTables`. */
  constructor(init: CommitQueueInit) {
    this.#init = init;
  }

  /** Says what to do with the effects of kept commits, inside the transaction that forgets them. */
  onKept(apply: Apply): void {
    this.#apply = apply;
  }

  /**
   * Waits its turn; throws what the index refuses it with. A kept commit waits for the index for
   * ever, any other throws `unavailable`, and says whether it may have happened.
   */
  async commit(init: CommitInit, options: CommitOptions = {}): Promise<CommitReply> {
    if (options.keep) return this.#commit(init, options);
    const { link, clock } = this.#init;
    let isSent = false;
    const onSent = (): void => {
      isSent = true;
      options.onSent?.();
    };
    const patienceMs = (): number => (isSent ? DOUBT_MS : 0);
    try {
      return await whileReachable({ link, clock, signal: options.signal, patienceMs }, (signal) =>
        this.#commit(init, { ...options, signal, onSent }),
      );
    } catch (cause) {
      if (!hasCode(cause, "unavailable")) throw cause;
      throw new GoliathError("unavailable", isSent ? UNANSWERED : UNSENT, { cause });
    }
  }

  async #commit(init: CommitInit, options: CommitOptions): Promise<CommitReply> {
    const { signal, keep } = options;
    using _turn = await this.#turn.acquire(signal ? { signal } : {});
    return this.#finish(this.#number(init, keep), { ...options, isNew: true });
  }

  /** Applies effects that need no commit, as if one had succeeded. */
  applyLocally(keep: KeptCommit): void {
    this.#init.database.transaction(() => this.#apply(keep, undefined))();
  }

  /** Sends what a previous process left without an answer. Before anything else is published. */
  async resume(signal?: AbortSignal): Promise<void> {
    using _turn = await this.#turn.acquire(signal ? { signal } : {});
    const select = "SELECT number, owner, body FROM commit_kept ORDER BY number LIMIT 1";
    for (;;) {
      const row = this.#init.database.prepare<[], KeptRow>(select).get();
      if (!row) return;
      const { request, effects } = deserialize(row.body) as KeptBody;
      const keep = { owner: row.owner, effects };
      await this.#finish(request, { signal, keep, isNew: false }).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        // Refused: nothing of it happened, and the next scan finds again what is to be done.
        this.#init.log.warn("a commit kept from before was refused", { error });
      });
    }
  }

  #number(init: CommitInit, keep: KeptCommit | undefined): CommitRequest {
    const { database, clock, random } = this.#init;
    return database.transaction(() => {
      const skipped = 1 + Math.floor(random() * SKIP_MAX);
      const request = {
        number: Math.max(this.#last() + skipped, Math.floor(clock.nowMs())),
        digest: digestOfChanges(init.changes),
        ...init,
      };
      this.#write(request, keep);
      return request;
    })();
  }

  #write(request: CommitRequest, keep: KeptCommit | undefined): void {
    const { database } = this.#init;
    database.prepare("UPDATE commit_number SET last = ?").run(request.number);
    if (!keep) return;
    const body = serialize({ request, effects: keep.effects } satisfies KeptBody);
    const insert = "INSERT INTO commit_kept VALUES (?, ?, ?)";
    database.prepare(insert).run(request.number, keep.owner, body);
  }

  /** Another commit has the number, so this one never happened: it leaps ahead. */
  #renumber(used: CommitRequest, { keep, leaps }: { keep: KeptCommit | undefined; leaps: number }) {
    this.#init.log.warn("a commit number was used before: was an old home put back?", {
      number: used.number,
    });
    return this.#init.database.transaction(() => {
      const request = { ...used, number: Math.max(used.number, this.#last()) + 2 ** leaps };
      this.#forget(used.number);
      this.#write(request, keep);
      return request;
    })();
  }

  #last(): number {
    const row = this.#init.database.prepare<[], { last: number }>("SELECT last FROM commit_number");
    return row.get()?.last ?? 0;
  }

  async #finish(first: CommitRequest, options: Finish): Promise<CommitReply> {
    const { signal, keep, isNew } = options;
    let request = first;
    for (let leaps = 0; ; leaps++) {
      try {
        const reply = await this.#send(request, options);
        const { number } = request;
        this.#init.database.transaction(() => {
          if (keep) this.#apply(keep, reply);
          this.#forget(number);
        })();
        return reply;
      } catch (thrown) {
        // Of one from before it may be the record that is forgotten: it is not sent as another.
        const isUsed = isNew && leaps < LEAPS_MAX && hasCode(thrown, "number-used");
        // A kept commit whose answer was not waited for stays, and is sent again after the start.
        if (!isUsed && !signal?.aborted) this.#forget(request.number);
        if (!isUsed || signal?.aborted) throw thrown;
        request = this.#renumber(request, { keep, leaps });
      }
    }
  }

  #forget(number: number): void {
    this.#init.database.prepare("DELETE FROM commit_kept WHERE number = ?").run(number);
  }

  async #send(
    request: CommitRequest,
    { signal, keep, onSent }: CommitOptions,
  ): Promise<CommitReply> {
    const { link, clock, random } = this.#init;
    const waits = backOff({ minMs: RETRY_MIN_MS, maxMs: RETRY_MAX_MS, random });
    for (let faults = 0; ;) {
      try {
        await link.whenConnected(signal);
        onSent?.();
        return await link.service.commit(request, signal ? { signal } : {});
      } catch (thrown) {
        const error = GoliathError.from(thrown);
        if (signal?.aborted || error.retry !== "later") throw error;
        // A file may have changed under its commit: whoever published it looks at it first.
        if (keep && error.code === "unverified") throw error;
        if (!hasCode(error, ...AWAY) && ++faults >= FAULTS_MAX) throw error;
        await clock.sleep(waits.next(), signal);
      }
    }
  }
}

/** Makes the tables of the queue in the peer's database. */
export function createCommitTables(database: SqliteDatabase): void {
  database.exec(TABLES);
}

interface Finish extends CommitOptions {
  signal?: AbortSignal | undefined;
  keep?: KeptCommit | undefined;
  /** Whether it was numbered just now, and never sent. */
  isNew: boolean;
}

interface KeptBody {
  request: CommitRequest;
  effects: unknown;
}

interface KeptRow {
  number: number;
  owner: number;
  body: Buffer;
}
