/**
 * What followers get: pages of changes until they are where the drive is, then whatever each
 * commit adds. All followers wait for one signal, and those at the same place share one page.
 */
import { Listeners, type Clock } from "@goliath/kit";
import {
  FEED_CHANGES_MAX,
  type FeedEvent,
  type FeedService,
  type FollowRequest,
  type Revocations,
} from "@goliath/protocols/feed";
import { REVISION_ZERO, type PeerId, type Revision } from "@goliath/protocols/nouns";
import type { ChangesReply, ChangesRequest, IndexEngine } from "../../engine/engine.ts";
import type { Members } from "../membership/members.ts";

/**
 * A follower that is up to date hears of the first commit at once and then at most this often: many
 * small commits in a row become few pages.
 */
export const FEED_INTERVAL_MS = 50;

export interface CommitFeedInit {
  engine: IndexEngine;
  members: Pick<Members, "revoked" | "onChange">;
  clock: Clock;
}

export class CommitFeed implements FeedService, Disposable {
  readonly #init: CommitFeedInit;
  readonly #changed = new Listeners<void>();
  readonly #pages = new Map<string, Promise<ChangesReply>>();
  readonly #unsubscribe: (() => void)[];
  #newest: Revision = REVISION_ZERO;
  /** Ended memberships in the order they ended. A readmission begins a new list. */
  #revoked: PeerId[];

  constructor(init: CommitFeedInit) {
    this.#init = init;
    this.#revoked = init.members.revoked();
    this.#unsubscribe = [
      init.engine.onCommit((revision) => {
        this.#newest = revision;
        this.#changed.emit();
      }),
      init.members.onChange(({ peer, kind }) => {
        if (kind === "revoked") this.#revoked.push(peer);
        else this.#revoked = init.members.revoked();
        this.#changed.emit();
      }),
    ];
  }

  async *follow(
    request: FollowRequest,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<FeedEvent> {
    const drive = await this.#init.engine.drive();
    if (request.generation !== drive.generation || request.from > drive.revision) {
      yield { kind: "reset" };
      return;
    }
    // What was committed before this index began: nobody else tells of it.
    if (drive.revision > this.#newest) this.#newest = drive.revision;
    const { dir, sums = false } = request;
    let from = request.from;
    let isFirst = true;
    while (!signal.aborted) {
      const readMs = this.#init.clock.monotonicMs();
      const { events, reached } = await this.#page({ dir, from, sums, limit: FEED_CHANGES_MAX });
      for (const event of events) {
        yield event;
        if (event.kind === "reset" || event.kind === "lost") return;
      }
      // A follower that is up to date already is told so, once.
      if (isFirst && events.length === 0) yield { kind: "reached", revision: reached };
      isFirst = false;
      from = reached;
      if (this.#newest > from) continue;
      await this.#until(() => this.#newest > reached, signal);
      await this.#pause(readMs, signal);
    }
  }

  /** The whole list first, then additions; ends when a peer was readmitted: ask anew then. */
  async *revocations({ signal }: { signal: AbortSignal }): AsyncGenerator<Revocations> {
    const list = this.#revoked;
    let told = 0;
    do {
      const peers = list.slice(told, told + FEED_CHANGES_MAX);
      told += peers.length;
      yield { peers };
      await this.#until(() => list.length > told || list !== this.#revoked, signal);
    } while (!signal.aborted && list.length > told);
  }

  [Symbol.dispose](): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** Resolves once `ready`, which a commit or a revocation makes it, or when aborted. */
  async #until(ready: () => boolean, signal: AbortSignal): Promise<void> {
    while (!ready() && !signal.aborted) await this.#change(signal);
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        unsubscribe();
        signal.removeEventListener("abort", done);
        resolve();
      };
      const unsubscribe = this.#changed.subscribe(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  /** Lets commits gather where the last page was read a moment ago. */
  async #pause(readMs: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#init;
    const restMs = FEED_INTERVAL_MS - (clock.monotonicMs() - readMs);
    // An abort ends the wait; the loop sees it.
    if (restMs > 0) await clock.sleep(restMs, signal).catch(() => undefined);
  }

  /** Those who ask the same at the same time get one answer: after a commit nearly all do. */
  #page(request: ChangesRequest): Promise<ChangesReply> {
    const key = `${request.dir} ${request.from} ${request.sums}`;
    const running = this.#pages.get(key);
    if (running) return running;
    const page = this.#init.engine.changes(request).finally(() => this.#pages.delete(key));
    this.#pages.set(key, page);
    return page;
  }
}
