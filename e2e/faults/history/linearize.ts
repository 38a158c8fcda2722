/**
 * Whether a history is linearizable: whether its operations, each done at one instant between its
 * start and its end, one after the other, give the results that were told (the search of Wing and
 * Gong, 1993: next comes only what no other operation has wholly preceded). A revision is a witness:
 * the commit that was told revision r is the r-th that changed anything, and a read that was told r
 * comes right after it. So only a revision that nobody was told of leaves a choice: which of the cut
 * commits it was.
 */
import type { Operation, Put } from "./operation.ts";

/** Operations taken before the search is given up. */
const STEPS_MAX = 5_000_000;
/** Operations shown of those that could not come next. */
const SHOWN_MAX = 10;

interface Value {
  value: number;
  /** The revision that put it. */
  revision: number;
}

/** The sequential model: what stands under each name. */
type State = ReadonlyMap<string, Value>;

/** How far a search has come. */
interface Position {
  /** By revision; the last is now. */
  states: State[];
  /** Places in the history of what has begun and is not done. */
  open: number[];
  /** The first that has not begun. */
  next: number;
  /** The latest start of all that is done. */
  startedMs: number;
}

/** Why it is not; undefined when it is. */
export function whyNotLinearizable(history: readonly Operation[]): string | undefined {
  const operations = history.toSorted((a, b) => a.startedMs - b.startedMs);
  const search = new Search(operations);
  const begin = { states: [new Map()], open: [], next: 0, startedMs: -Infinity };
  return search.succeeds(begin) ? undefined : search.reason;
}

class Search {
  readonly #all: readonly Operation[];
  #steps = 0;
  #furthest = -1;
  reason = "";

  constructor(operations: readonly Operation[]) {
    this.#all = operations;
  }

  /** Takes what leaves no choice, then tries the choices in turn. */
  succeeds(at: Position): boolean {
    for (;;) {
      if (++this.#steps > STEPS_MAX) throw new Error(`undecided after ${STEPS_MAX} steps`);
      this.#begin(at);
      const choices = this.#choices(at);
      if (choices.length === 0) return this.#isDone(at);
      if (choices.length > 1) return choices.some((index) => this.#tries(at, index));
      this.#take(at, choices[0] as number);
    }
  }

  #tries(at: Position, index: number): boolean {
    const branch = { ...at, states: [...at.states], open: [...at.open] };
    this.#take(branch, index);
    return this.succeeds(branch);
  }

  /** What may come next; a single one where no order is lost by it. */
  #choices(at: Position): number[] {
    const fitting = at.open.filter((index) => this.#fits(at, index));
    // A read of what stands now can come at no other place.
    const now = fitting.find((index) => this.#isReadOfNow(index));
    if (now !== undefined) return [now];
    // What changes nothing and ends no cut commit's time can as well come now.
    const cut = at.open.filter((index) => isCut(this.#one(index)));
    const cutEndMs = Math.min(Infinity, ...cut.map((index) => this.#one(index).endedMs));
    const changing = fitting.filter((index) => revisionOf(this.#one(index)) !== undefined);
    const idle = fitting.filter((index) => !changing.includes(index));
    const harmless = idle.find((index) => this.#one(index).startedMs <= cutEndMs);
    if (harmless !== undefined) return [harmless];
    const isTold = at.open.some((index) => revisionOf(this.#one(index)) === at.states.length);
    const happened = isTold ? [] : cut.filter((index) => this.#mayHaveHappened(at, index));
    return [...changing, ...happened, ...idle];
  }

  #isDone(at: Position): boolean {
    const required = at.open.filter((index) => !isCut(this.#one(index)));
    if (required.length > 0) this.#note(at, required);
    return required.length === 0 && at.next === this.#all.length;
  }

  #isReadOfNow(index: number): boolean {
    const { call } = this.#one(index);
    return call.kind === "read" && call.at === undefined;
  }

  #one(index: number): Operation {
    return this.#all[index] as Operation;
  }

  /** What starts after the end of something that is not done yet has to wait for it. */
  #begin(at: Position): void {
    const ends = at.open.map((index) =>
      isCut(this.#one(index)) ? Infinity : this.#one(index).endedMs,
    );
    let earliestEnd = Math.min(Infinity, ...ends);
    for (; at.next < this.#all.length; at.next++) {
      const one = this.#one(at.next);
      if (one.startedMs > earliestEnd) return;
      at.open.push(at.next);
      if (!isCut(one)) earliestEnd = Math.min(earliestEnd, one.endedMs);
    }
  }

  /** Whether it would give now what was told. */
  #fits({ states }: Position, index: number): boolean {
    const { call, result } = this.#one(index);
    const now = states.at(-1) as State;
    if (call.kind === "read") {
      if (result.kind !== "read" || result.revision >= states.length) return false;
      if (call.at === undefined && result.revision !== states.length - 1) return false;
      return sameValues(states[result.revision] as State, result.values);
    }
    const after = applied(now, call.puts, states.length);
    if (result.kind === "refused") return after === undefined;
    return result.kind === "committed" && after !== undefined && result.revision === states.length;
  }

  #mayHaveHappened({ states }: Position, index: number): boolean {
    const { call } = this.#one(index);
    if (call.kind !== "commit") return false;
    return applied(states.at(-1) as State, call.puts, states.length) !== undefined;
  }

  #take(at: Position, index: number): void {
    const { call, result, startedMs } = this.#one(index);
    at.open.splice(at.open.indexOf(index), 1);
    at.startedMs = Math.max(at.startedMs, startedMs);
    // A cut commit whose time is over never happened.
    at.open = at.open.filter((other) => {
      const one = this.#one(other);
      return !isCut(one) || one.endedMs >= at.startedMs;
    });
    if (call.kind === "read" || result.kind === "refused") return;
    const after = applied(at.states.at(-1) as State, call.puts, at.states.length);
    if (after) at.states.push(after);
  }

  #note({ states, open, next }: Position, required: readonly number[]): void {
    const done = next - open.length;
    if (done <= this.#furthest) return;
    this.#furthest = done;
    const shown = required
      .slice(0, SHOWN_MAX)
      .map((index) => JSON.stringify(this.#one(index), plain));
    this.reason = [
      `after revision ${states.length - 1} none of these can come next:`,
      ...shown,
    ].join("\n");
  }
}

function isCut({ result }: Operation): boolean {
  return result.kind === "unknown";
}

function revisionOf({ call, result }: Operation): number | undefined {
  return call.kind === "commit" && result.kind === "committed" ? result.revision : undefined;
}

/** Undefined when a precondition refuses it. */
function applied(state: State, puts: readonly Put[], revision: number): State | undefined {
  const after = new Map(state);
  for (const { name, value, when } of puts) {
    if (when !== undefined && (state.get(name)?.revision ?? 0) !== when) return undefined;
    after.set(name, { value, revision });
  }
  return after;
}

function sameValues(state: State, values: ReadonlyMap<string, number>): boolean {
  return (
    state.size === values.size &&
    [...state].every(([name, { value }]) => values.get(name) === value)
  );
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}
