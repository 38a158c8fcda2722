/**
 * What the drive must be: every commit that the index made, in order, applied to a plain model.
 * Promises 1 and 5 are checked as commits are answered: the revision is the model's next one, the
 * refusal is the model's refusal, and an answer that was given stays.
 */
import type { Committer, IndexEngine } from "@goliath/index";
import { DriveModel, type ModelTree } from "@goliath/index/testing";
import type { CommitReply, CommitRequest } from "@goliath/protocols/index";
import type { Clock } from "@goliath/kit";
import {
  GoliathError,
  type ChunkRun,
  type DrivePath,
  type EffectivePolicy,
  type FileBody,
  type PeerId,
} from "@goliath/protocols/nouns";
import type { Verdict } from "./failure.ts";
import type { Trace } from "./trace.ts";

interface Attempt {
  who: Committer;
  request: CommitRequest;
}

/** What may happen to a commit on its way, and to its answer on the way back. */
export interface CommitWay {
  /** Whether it reaches the index a second time. */
  isTwice(): boolean;
  /** It has happened, and its writer has not heard of it. */
  beforeAnswer(writer: PeerId): void;
}

export class DriveRecord {
  way: CommitWay | undefined;
  /** How often a backup was put back. */
  restores = 0;
  readonly #trace: Trace;
  readonly #verdict: Verdict;
  readonly #clock: Clock;
  /** Commits asked of the index and not answered when it died. */
  readonly #unanswered = new Set<Attempt>();
  /** By writer and number. */
  readonly #answered = new Map<string, number>();
  /** Told of ids that the index gives up, in the moment it does. */
  onCollected: (runs: readonly ChunkRun[]) => void = () => undefined;
  /** By revision, in milliseconds of the monotonic clock: when it was first known of. */
  readonly #knownMs: number[] = [0];
  readonly #bodies = new Map<number, Map<string, FileBody>>();
  #model = new DriveModel();

  constructor({ trace, verdict, clock }: { trace: Trace; verdict: Verdict; clock: Clock }) {
    this.#clock = clock;
    this.#trace = trace;
    this.#verdict = verdict;
  }

  get revision(): number {
    return this.#model.trees.length - 1;
  }

  /** The drive as of a revision, by path. */
  at(revision: number = this.revision): ModelTree {
    return this.#model.trees[revision] ?? this.#verdict.fail(1, `no revision ${revision}`);
  }

  /** Every version ever committed of this many bytes, also those a restore lost. */
  bodies(size: number): FileBody[] {
    return [...(this.#bodies.get(size)?.values() ?? [])];
  }

  /** The engine, every commit through which is recorded. */
  watch(engine: IndexEngine): IndexEngine {
    return {
      ...engine,
      commit: (who, request) => this.#commit(engine, { who, request }),
      collect: async (request) => {
        const reply = await engine.collect(request);
        this.onCollected(reply.collected);
        return reply;
      },
    };
  }

  /** What holds at a path now. */
  policyAt(path: DrivePath): EffectivePolicy {
    return this.#model.policyAt(path);
  }

  /** The trees of all revisions that were the newest at some time in the last so many milliseconds. */
  within(ms: number): ModelTree[] {
    const sinceMs = this.#clock.monotonicMs() - ms;
    return this.#model.trees.filter((_, at) => (this.#knownMs[at + 1] ?? Infinity) > sinceMs);
  }

  /** After a start: commits whose answer the crash cut off have happened or not, once. */
  async settle(engine: IndexEngine): Promise<void> {
    const found: { attempt: Attempt; revision: number }[] = [];
    for (const attempt of this.#unanswered) {
      const { again } = await engine
        .inspect(attempt.who.peer, attempt.request)
        .catch(() => ({ again: undefined }));
      if (again) found.push({ attempt, revision: again.revision });
    }
    this.#unanswered.clear();
    for (const { attempt, revision } of found.toSorted((a, b) => a.revision - b.revision))
      this.#take(attempt, revision);
    const { revision } = await engine.drive();
    if (revision !== this.revision)
      this.#verdict.fail(
        1,
        `after a start the index is at revision ${revision}, not ${this.revision}`,
      );
  }

  /** A backup was put back: what came after it never was. */
  rewind(revision: number): void {
    this.restores++;
    this.#model.trees.length = revision + 1;
    this.#knownMs.length = revision + 1;
    this.#unanswered.clear();
    for (const [key, at] of this.#answered) if (at > revision) this.#answered.delete(key);
  }

  async #commit(engine: IndexEngine, attempt: Attempt): Promise<CommitReply> {
    this.#unanswered.add(attempt);
    try {
      const reply = await engine.commit(attempt.who, attempt.request);
      this.#unanswered.delete(attempt);
      this.#answer(attempt, reply);
      if (this.way?.isTwice())
        this.#answer(attempt, await engine.commit(attempt.who, attempt.request));
      this.way?.beforeAnswer(attempt.who.peer);
      return reply;
    } catch (error) {
      this.#unanswered.delete(attempt);
      throw error;
    }
  }

  #answer(attempt: Attempt, { revision, again }: CommitReply): void {
    const first = this.#answered.get(keyOf(attempt));
    if (first === undefined) return this.#take(attempt, revision);
    if (!again || first !== revision)
      this.#verdict.fail(5, `a commit happened at revision ${first} and again at ${revision}`);
  }

  #take(attempt: Attempt, revision: number): void {
    const { who, request } = attempt;
    this.#answered.set(keyOf(attempt), revision);
    const ours = this.#model.commit(who, request.changes);
    if (ours !== revision)
      this.#verdict.fail(1, `a commit is revision ${revision}, by the model ${ours}`);
    this.#knownMs[revision] ??= this.#clock.monotonicMs();
    this.#trace.note("drive", `revision ${revision}: ${request.changes.map(textOf).join(", ")}`);
    for (const change of request.changes) if (change.op === "put") this.#remember(change.file);
  }

  #remember(body: FileBody): void {
    const ofSize = this.#bodies.get(body.size) ?? new Map<string, FileBody>();
    this.#bodies.set(body.size, ofSize);
    ofSize.set(`${Buffer.from(body.root).toString("hex")} ${JSON.stringify(body.extents)}`, body);
  }
}

function keyOf({ who, request }: Attempt): string {
  return `${who.peer} ${request.number}`;
}

function textOf(change: CommitRequest["changes"][number]): string {
  const to = change.op === "move" ? ` to ${change.to}` : "";
  const from = change.op === "copy" ? ` from ${change.from}@${change.at ?? "now"}` : "";
  return `${change.op} ${change.path}${to}${from}`;
}

/** The code of an error, for traces. */
export function codeOf(error: unknown): string {
  return GoliathError.from(error).code;
}
