/** Short messages at the foot of the window: what was done, with a way to undo it, or what failed. */
import type { Clock } from "@goliath/kit";
import { sentenceOf } from "../api/api-error.ts";
import { Store } from "../api/store.ts";

/** More would cover what they speak of; the oldest goes. */
const NOTICES_MAX = 3;
/** Long enough to read and to reach for "Undo". */
const SHOWN_MS = 10_000;

export interface Notice {
  id: number;
  kind: "done" | "failed";
  text: string;
  /** A button, as "Undo". */
  action?: { label: string; run: () => void };
}

export class Notices {
  readonly store = new Store<readonly Notice[]>([]);
  readonly #clock: Clock;
  #next = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  done(text: string, action?: Notice["action"]): void {
    this.#show({ kind: "done", text, ...(action && { action }) });
  }

  /** Tells why something failed; what the user cancelled needs no word. */
  failed(what: string, thrown: unknown): void {
    this.#show({ kind: "failed", text: `${what} ${sentenceOf(thrown)}` });
  }

  dismiss(id: number): void {
    this.store.update((all) => all.filter((notice) => notice.id !== id));
  }

  #show(notice: Omit<Notice, "id">): void {
    const id = this.#next++;
    this.store.update((all) => [...all, { ...notice, id }].slice(-NOTICES_MAX));
    // What failed stays until it is read and closed.
    if (notice.kind === "done") void this.#clock.sleep(SHOWN_MS).then(() => this.dismiss(id));
  }
}
