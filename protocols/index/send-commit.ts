/** Commits of any size: in one message where they fit, staged in parts before it otherwise. */
import { createHash } from "node:crypto";
import { GoliathError } from "../nouns/exports.ts";
import { Slots, type CallOptions, type Message } from "../wire/exports.ts";
import { required } from "../wire/fields.ts";
import { encodeChanges } from "./change-parts.ts";
import { commitHeader, commitReply } from "./commit-wire.ts";
import type { IndexRequest } from "./generated/index.js";
import type { IndexReplyBody } from "./index-methods.ts";
import type { CommitReply, CommitRequest } from "./service.ts";

/** Staged parts on their way at once: 4 MB or so at both ends, enough for a long round trip. */
const PARTS_IN_FLIGHT_MAX = 8;

export type AskIndex = (
  request: Partial<IndexRequest>,
  options: CallOptions & { payload?: Uint8Array },
) => Promise<Message<IndexReplyBody>>;

/** One for each connection, whose other end keeps one stage at a time: large commits take turns. */
export class CommitSender {
  readonly #ask: AskIndex;
  readonly #turn = new Slots(1);
  #stage = 0;

  constructor(ask: AskIndex) {
    this.#ask = ask;
  }

  async send(request: CommitRequest, options: CallOptions = {}): Promise<CommitReply> {
    const hash = createHash("sha256");
    let upload: StageUpload | undefined;
    try {
      for (const { part, last } of markLast(encodeChanges(request.changes))) {
        hash.update(part);
        if (last) {
          await upload?.finish();
          const digest = request.digest.length > 0 ? request.digest : hash.digest();
          return await this.#commit({ ...request, digest }, { ...options, payload: part, upload });
        }
        upload ??= await this.#begin(options);
        await upload.add(part);
      }
      throw new GoliathError("internal", "changes were encoded to nothing");
    } catch (error) {
      upload?.giveUp();
      throw error;
    } finally {
      if (upload) this.#turn.give();
    }
  }

  async #begin(options: CallOptions): Promise<StageUpload> {
    await this.#turn.take(options.signal);
    return new StageUpload(this.#ask, { ...options, stage: ++this.#stage });
  }

  async #commit(
    request: CommitRequest,
    { upload, ...options }: CallOptions & { payload: Uint8Array; upload: StageUpload | undefined },
  ): Promise<CommitReply> {
    const { stage = 0, parts = 0 } = upload ?? {};
    const commit = commitHeader.toWire({ ...request, stage, parts });
    const { body } = await this.#ask({ commit }, options);
    return commitReply.fromWire(required(body.commit, "commit"));
  }
}

/** Sends parts ahead of their commit. */
class StageUpload {
  readonly stage: number;
  readonly #ask: AskIndex;
  readonly #options: CallOptions;
  readonly #flying = new Set<Promise<void>>();
  #failed: unknown;
  #parts = 0;

  constructor(ask: AskIndex, { stage, ...options }: CallOptions & { stage: number }) {
    this.#ask = ask;
    this.stage = stage;
    this.#options = options;
  }

  get parts(): number {
    return this.#parts;
  }

  /** Resolves when the next part may come. */
  async add(payload: Uint8Array): Promise<void> {
    const stage = { stage: this.stage, part: this.#parts++ };
    const flight = this.#ask({ stage }, { ...this.#options, payload })
      .then(
        () => undefined,
        (error: unknown) => void (this.#failed ??= error),
      )
      .finally(() => this.#flying.delete(flight));
    this.#flying.add(flight);
    if (this.#flying.size >= PARTS_IN_FLIGHT_MAX) await Promise.race(this.#flying);
    if (this.#failed !== undefined) throw this.#failed;
  }

  /** Resolves when the other end has all parts. */
  async finish(): Promise<void> {
    await Promise.all(this.#flying);
    if (this.#failed !== undefined) throw this.#failed;
  }

  /** Lets the other end forget the stage; should it not hear, the next stage or the end does. */
  giveUp(): void {
    this.#ask({ giveUpStage: { stage: this.stage } }, {}).catch(() => undefined);
  }
}

/** The parts, the last one marked. */
function* markLast(parts: Iterable<Uint8Array>): Generator<{ part: Uint8Array; last: boolean }> {
  let held: Uint8Array | undefined;
  for (const part of parts) {
    if (held) yield { part: held, last: false };
    held = part;
  }
  if (held) yield { part: held, last: true };
}
