/**
 * Resolves that are asked in one turn, as one request: a path costs the index a few microseconds,
 * a request several times that at both ends.
 */
import { GoliathError, hasCode } from "../nouns/exports.ts";
import type { CallOptions } from "../wire/exports.ts";
import { cancelled } from "../wire/cancelled.ts";
import type { ResolveReply, ResolveRequest } from "./service.ts";

/** Paths of one request: more of them would make the others on the stream wait for milliseconds. */
const JOINED_PATHS_MAX = 256;

type Resolve = (request: ResolveRequest, options: CallOptions) => Promise<ResolveReply>;

export class JoinedResolves {
  readonly #ask: Resolve;
  /** What this turn asked so far, with digests and without. */
  readonly #joining = new Map<boolean, Joined>();

  constructor(ask: Resolve) {
    this.#ask = ask;
  }

  /**
   * As `IndexService.resolve`. Only what is asked of now is joined: of a revision that is no longer
   * kept one path may be answered and another not.
   */
  resolve(request: ResolveRequest, options: CallOptions = {}): Promise<ResolveReply> {
    const { paths, at, sums = false } = request;
    if (at !== undefined || paths.length > JOINED_PATHS_MAX) return this.#ask(request, options);
    let joined = this.#joining.get(sums);
    if (!joined || joined.count + paths.length > JOINED_PATHS_MAX) {
      joined = this.#begin(sums);
    }
    return joined.add(request, options);
  }

  #begin(sums: boolean): Joined {
    const joined = new Joined(this.#ask);
    this.#joining.set(sums, joined);
    queueMicrotask(() => {
      if (this.#joining.get(sums) === joined) this.#joining.delete(sums);
      joined.send(sums);
    });
    return joined;
  }
}

interface Asker {
  request: ResolveRequest;
  options: CallOptions;
  resolve: (reply: ResolveReply) => void;
  reject: (error: unknown) => void;
}

class Joined {
  readonly #ask: Resolve;
  readonly #askers: Asker[] = [];
  count = 0;

  constructor(ask: Resolve) {
    this.#ask = ask;
  }

  add(request: ResolveRequest, options: CallOptions): Promise<ResolveReply> {
    this.count += request.paths.length;
    return new Promise((resolve, reject) => {
      this.#askers.push({ request, options, resolve, reject });
    });
  }

  send(sums: boolean): void {
    if (this.#askers.length === 1) return this.#askEach();
    const control = new AbortController();
    const paths = this.#askers.flatMap(({ request }) => request.paths);
    const unwatch = this.#watchSignals(control);
    this.#ask({ paths, sums }, { signal: control.signal })
      .then(
        (reply) => this.#answer(reply),
        (error: unknown) => this.#refuse(error),
      )
      .finally(unwatch);
  }

  /** Who gives up is let go; the request is given up when all have. */
  #watchSignals(control: AbortController): () => void {
    let left = this.#askers.length;
    const unwatch: (() => void)[] = [];
    for (const { options, reject } of this.#askers) {
      const { signal } = options;
      if (!signal) continue;
      const onAbort = (): void => {
        reject(cancelled(signal));
        if (--left === 0) control.abort(new GoliathError("aborted", "nobody waits any more"));
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener("abort", onAbort, { once: true });
      unwatch.push(() => signal.removeEventListener("abort", onAbort));
    }
    return () => unwatch.forEach((end) => end());
  }

  /** One path may be at fault: the others must not suffer for having been asked with it. */
  #refuse(error: unknown): void {
    if (hasCode(error, "closed", "aborted", "busy", "no-pass", "forbidden")) {
      for (const { reject } of this.#askers) reject(error);
    } else this.#askEach();
  }

  #askEach(): void {
    for (const { request, options, resolve, reject } of this.#askers) {
      this.#ask(request, options).then(resolve, reject);
    }
  }

  #answer({ revision, entries }: ResolveReply): void {
    let next = 0;
    for (const { request, resolve } of this.#askers) {
      resolve({ revision, entries: entries.slice(next, (next += request.paths.length)) });
    }
  }
}
