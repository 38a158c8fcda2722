/**
 * The parts of a commit that came before it, of one connection. One stage at a time: the first part
 * of a higher number forgets the stage before. Parts are checked as they come, so that the commit
 * itself has little left to do.
 */
import { createHash, type Hash } from "node:crypto";
import { COMMIT_CHANGES_MAX, equalBytes, GoliathError, type Change } from "../nouns/exports.ts";
import { COMMIT_BYTES_MAX } from "./bounds.ts";
import { decodeChanges } from "./change-parts.ts";
import type { CommitHeader } from "./commit-wire.ts";
import { StageBudget } from "./stage-budget.ts";

/** What one decoded change or extent takes in memory beyond its encoded bytes, about. */
const CHANGE_MEMORY_BYTES = 256;
const EXTENT_MEMORY_BYTES = 64;
/** Parts that may be ahead of their turn: calls may overtake each other by as many as fly. */
const EARLY_PARTS_MAX = 256;

type StagedCommit = Pick<CommitHeader, "stage" | "parts" | "digest">;

/** The changes of a commit; `release` gives the memory they were charged for back. */
export interface CommitChanges {
  changes: Change[];
  release: () => void;
}

export class StagedChanges {
  readonly #budget: StageBudget;
  #number = 0;
  #stage: Stage | undefined;

  constructor(budget: StageBudget) {
    this.#budget = budget;
  }

  /** Takes one part in. Throws `too-large`, `busy`, or what is wrong with a change of it. */
  add({ stage, part }: { stage: number; part: number }, payload: Uint8Array): void {
    if (stage < this.#number) throw new GoliathError("bad-request", "this stage was given up");
    if (stage > this.#number) {
      this.drop();
      this.#number = stage;
      this.#stage = new Stage(this.#budget);
    }
    this.#current(stage).add(part, payload);
  }

  /**
   * All changes of a commit, `payload` being its last part. Throws `bad-request` when parts are
   * missing or the digest is not that of the bytes.
   */
  take({ stage, parts, digest }: StagedCommit, payload: Uint8Array): CommitChanges {
    // A commit in one message is bounded by the calls in flight and never waits for large ones.
    const whole = parts === 0 ? new Stage(new StageBudget(Infinity)) : this.#current(stage);
    if (parts > 0) this.#stage = undefined;
    try {
      whole.add(parts, payload);
      return { changes: whole.finish(parts + 1, digest), release: () => whole.release() };
    } catch (error) {
      whole.release();
      throw error;
    }
  }

  /** Forgets this stage; parts of it that are still on their way are refused. */
  giveUp(stage: number): void {
    if (stage < this.#number) return;
    this.drop();
    this.#number = stage;
  }

  /** Forgets whatever is staged. */
  drop(): void {
    this.#stage?.release();
    this.#stage = undefined;
  }

  #current(stage: number): Stage {
    if (this.#stage && stage === this.#number) return this.#stage;
    throw new GoliathError("bad-request", "no such stage");
  }
}

class Stage {
  readonly #budget: StageBudget;
  readonly #hash: Hash = createHash("sha256");
  readonly #early = new Map<number, Uint8Array>();
  readonly #changes: Change[] = [];
  #parts = 0;
  #bytes = 0;
  #charged = 0;
  /** Once a part was refused, all later ones are, with the same words. */
  #refused: GoliathError | undefined;

  constructor(budget: StageBudget) {
    this.#budget = budget;
  }

  add(part: number, payload: Uint8Array): void {
    if (this.#refused) throw this.#refused;
    try {
      this.#take(part, payload);
    } catch (error) {
      this.#refused = GoliathError.from(error);
      this.release();
      throw this.#refused;
    }
  }

  finish(parts: number, digest: Uint8Array): Change[] {
    if (this.#parts !== parts || this.#early.size > 0) {
      throw new GoliathError("bad-request", "parts of the commit are missing");
    }
    if (!equalBytes(this.#hash.digest(), digest)) {
      throw new GoliathError("bad-request", "the digest is not that of the changes");
    }
    return this.#changes;
  }

  release(): void {
    this.#budget.give(this.#charged);
    this.#charged = 0;
    this.#early.clear();
  }

  #take(part: number, payload: Uint8Array): void {
    this.#bytes += payload.length;
    if (this.#bytes > COMMIT_BYTES_MAX) {
      throw new GoliathError("too-large", `more than ${COMMIT_BYTES_MAX} bytes in one commit`);
    }
    if (part < this.#parts || this.#early.has(part) || this.#early.size === EARLY_PARTS_MAX) {
      throw new GoliathError("bad-request", "a part came twice or far too early");
    }
    this.#charge(payload.length);
    this.#early.set(part, payload);
    for (let next = this.#early.get(this.#parts); next; next = this.#early.get(this.#parts)) {
      this.#early.delete(this.#parts++);
      this.#append(next);
    }
  }

  #append(payload: Uint8Array): void {
    this.#hash.update(payload);
    const changes = decodeChanges(payload);
    this.#charge(memoryBytesOf(changes));
    for (const change of changes) this.#changes.push(change);
    if (this.#changes.length > COMMIT_CHANGES_MAX) {
      throw new GoliathError("too-large", `more than ${COMMIT_CHANGES_MAX} changes in one commit`);
    }
  }

  #charge(bytes: number): void {
    if (!this.#budget.take(bytes)) {
      throw new GoliathError("busy", "too many large commits at once: try again");
    }
    this.#charged += bytes;
  }
}

function memoryBytesOf(changes: readonly Change[]): number {
  let bytes = changes.length * CHANGE_MEMORY_BYTES;
  for (const change of changes) {
    if (change.op === "put") bytes += change.file.extents.length * EXTENT_MEMORY_BYTES;
  }
  return bytes;
}
