/** Where the bytes of the rows in view are: asked for those alone, and kept for a while. */
import type { Standing } from "../../api/methods.ts";
import { Store } from "../../api/store.ts";

/** What one question may hold. */
const PATHS_MAX = 200;
/** Rows whose answer is kept, so that scrolling back shows it at once. */
const KEPT_MAX = 4_000;

export type AskStandings = (paths: string[], signal: AbortSignal) => Promise<(Standing | null)[]>;

export class Standings implements Disposable {
  readonly changed = new Store(0);
  readonly #ask: AskStandings;
  readonly #kept = new Map<string, Standing | null>();
  #asking = new AbortController();

  constructor(ask: AskStandings) {
    this.#ask = ask;
  }

  get(path: string): Standing | null | undefined {
    return this.#kept.get(path);
  }

  /** Asks about what is in view: what is missing, or all of it `anew`. A newer question replaces an older. */
  async want(paths: string[], { anew = false } = {}): Promise<void> {
    const asked = paths.filter((path) => anew || !this.#kept.has(path)).slice(0, PATHS_MAX);
    this.#asking.abort();
    if (asked.length === 0) return;
    const { signal } = (this.#asking = new AbortController());
    // Without an answer the column stays empty: the list is of use all the same.
    const found = await this.#ask(asked, signal).catch(() => undefined);
    if (!found || signal.aborted) return;
    for (const [at, path] of asked.entries()) {
      this.#kept.delete(path);
      this.#kept.set(path, found[at] ?? null);
    }
    for (const path of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_MAX) break;
      this.#kept.delete(path);
    }
    this.changed.update((count) => count + 1);
  }

  [Symbol.dispose](): void {
    this.#asking.abort();
  }
}
