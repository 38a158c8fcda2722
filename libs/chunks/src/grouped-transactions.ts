/** Changes made in one turn of the event loop share one transaction, and so one sync of the disk. */
import type { Database } from "better-sqlite3";
import { GoliathError } from "@goliath/protocols/nouns";

interface Change {
  apply: () => void;
  resolve: () => void;
  reject: (error: GoliathError) => void;
}

export class GroupedTransactions {
  readonly #db: Database;
  #waiting: Change[] = [];

  constructor(db: Database) {
    this.#db = db;
  }

  /** Resolves with what `apply` returned once it is on disk. One that throws is undone alone. */
  async run<T>(apply: () => T): Promise<T> {
    let result: { value: T } | undefined;
    await new Promise<void>((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push({ apply: () => void (result = { value: apply() }), resolve, reject });
    });
    return result!.value;
  }

  #flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    try {
      for (const change of this.#commit(group)) change.resolve();
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      for (const change of group) change.reject(error);
    }
  }

  /** Returns the changes that succeeded; the others have been rejected. */
  #commit(group: Change[]): Change[] {
    const done: Change[] = [];
    const applyAlone = this.#db.transaction((change: Change) => change.apply());
    this.#db.transaction(() => {
      for (const change of group) {
        try {
          applyAlone(change);
          done.push(change);
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
