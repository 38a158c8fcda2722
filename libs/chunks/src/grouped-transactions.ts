/** Changes made in one turn of the event loop share one transaction, and so one sync of the disk. */
import type { Database } from "better-sqlite3";
import { GoliathError } from "@goliath/protocols/nouns";

interface Change {
  /** Returns what tells the caller, once it is on disk. */
  apply: () => () => void;
  reject: (error: GoliathError) => void;
}

export class GroupedTransactions {
  readonly #db: Database;
  #waiting: Change[] = [];

  constructor(db: Database) {
    this.#db = db;
  }

  /** Resolves with what `apply` returned once it is on disk. One that throws is undone alone. */
  run<T>(apply: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      const applyThenTell = () => {
        const result = apply();
        return () => resolve(result);
      };
      this.#waiting.push({ apply: applyThenTell, reject });
    });
  }

  #flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    try {
      for (const tell of this.#commit(group)) tell();
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      for (const change of group) change.reject(error);
    }
  }

  #commit(group: readonly Change[]): (() => void)[] {
    const done: (() => void)[] = [];
    const applyAlone = this.#db.transaction((change: Change) => change.apply());
    this.#db.transaction(() => {
      for (const change of group) {
        try {
          done.push(applyAlone(change));
        } catch (thrown) {
          // A full disk ends the whole transaction, not just this savepoint.
          if (!this.#db.inTransaction) throw thrown;
          change.reject(GoliathError.from(thrown));
        }
      }
    })();
    return done;
  }
}
