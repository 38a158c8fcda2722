/**
 * The end of the past. Every name's past goes once it ended longer ago than its policy keeps it, in
 * running time; a directory that no name leads to any more goes with all that is in it. What is
 * deleted could no longer be read before: first the way to it ends, then it goes.
 */
import { REVISION_ZERO, ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, Revision } from "@goliath/protocols/nouns";
import type { DirRow, Place, StoreTransaction } from "../store/index-store.ts";
import type { PastRow } from "../store/upkeep-store.ts";
import { DIR_VISIT_ROWS, PLACES_READ_MAX, RETAIN_ROWS_MAX } from "./bounds.ts";
import type { WriteContext } from "./context.ts";
import type { PastPosition } from "./cursors.ts";
import type { RetainReply, RetainRequest } from "./engine.ts";
import { HeldPolicies, lastPlace } from "./held-policies.ts";
import { Retentions } from "./retentions.ts";
import { ranUntil } from "./running-time.ts";

const START: PastPosition = { name: "", until: REVISION_ZERO };

export async function retain(
  transaction: StoreTransaction,
  { cursor, limit = RETAIN_ROWS_MAX }: RetainRequest,
  { runMs }: WriteContext,
): Promise<RetainReply> {
  const head = ranUntil(await transaction.head(), runMs);
  const held = new HeldPolicies(transaction);
  const retentions = new Retentions(transaction, { head, held });
  const oldest = await retentions.oldest();
  await transaction.apply({
    head: { ...head, oldest },
    forgotten: { below: oldest, limit: Math.min(limit, RETAIN_ROWS_MAX) },
  });
  const visitor = new Visitor(transaction, { retentions, oldest, revision: head.revision });
  let { dir, after } = cursor ?? { dir: 0 as DirId };
  for (let left = Math.min(limit, RETAIN_ROWS_MAX); left > 0; left -= DIR_VISIT_ROWS) {
    const [row] = after ? await transaction.dirs([dir]) : await transaction.dirsAfter(dir, 1);
    if (!row && !after) return { pruned: visitor.pruned, oldest };
    const visit = row && (await visitor.visit(row, after ?? START, left));
    dir = row?.dir ?? dir;
    after = visit?.next;
    left -= visit?.rows ?? 0;
  }
  return { pruned: visitor.pruned, oldest, next: { dir, ...(after && { after }) } };
}

interface Visit {
  /** Rows read or deleted. */
  rows: number;
  /** Present when the directory is not done. */
  next?: PastPosition;
}

interface VisitorInit {
  retentions: Retentions;
  oldest: Revision;
  revision: Revision;
}

class Visitor {
  readonly #store: StoreTransaction;
  readonly #init: VisitorInit;
  pruned = 0;

  constructor(store: StoreTransaction, init: VisitorInit) {
    this.#store = store;
    this.#init = init;
  }

  async visit(row: DirRow, after: PastPosition, limit: number): Promise<Visit> {
    const places = await this.#store.placesOf(row.dir, PLACES_READ_MAX);
    if (!(await this.#isNamed(row, places))) return this.#clear(row, limit);
    const forgot = await this.#untouch(row.dir, { places: places.length, limit });
    const past = await this.#prune(row, after, limit);
    const rows = forgot.rows + past.rows;
    return forgot.next ? { rows, next: after } : { ...past, rows };
  }

  /** Whether any row, live or past, leads to the directory. */
  async #isNamed(row: DirRow, places: readonly (Place & { until: Revision })[]): Promise<boolean> {
    // One that moved so often is looked at again when the older of its places are forgotten.
    if (row.dir === ROOT_DIR || places.length >= PLACES_READ_MAX) return true;
    const last = await lastPlace(this.#store, row);
    const removed = row.gone > REVISION_ZERO;
    if (last && (await this.#leads(last, { to: row.dir, until: removed ? row.gone : undefined }))) {
      return true;
    }
    for (const place of places) {
      if (await this.#leads(place, { to: row.dir, until: place.until })) return true;
    }
    return false;
  }

  async #leads(
    { parent, name }: Place,
    { to, until }: { to: DirId; until: Revision | undefined },
  ): Promise<boolean> {
    const at = until === undefined ? undefined : ((until - 1) as Revision);
    const [entry] = await this.#store.entries([{ dir: parent, name }], at);
    return entry?.content.kind === "dir" && entry.content.dir === to;
  }

  /** Deletes what is in a directory, and at last the directory. */
  async #clear(row: DirRow, limit: number): Promise<Visit> {
    const { dir } = row;
    // Who still asks by its id is told that it is gone, not that half of it is missing.
    const dirs = [{ ...row, kept: this.#init.revision }];
    await this.#store.apply({ dirs, clear: { dir, limit } });
    this.pruned++;
    if (await this.#store.hasRows(dir)) return { rows: limit, next: START };
    await this.#store.apply({ drop: [dir] });
    return { rows: 1 };
  }

  async #untouch(
    dir: DirId,
    { places, limit }: { places: number; limit: number },
  ): Promise<{ rows: number; next: boolean }> {
    // The oldest revision is in the log still.
    const upTo = Math.max(0, this.#init.oldest - 1) as Revision;
    const touched = await this.#store.touchedUpTo({ dir, upTo, limit });
    const full = touched.length === limit;
    if (full) await this.#store.apply({ untouch: { dir, upTo: touched.at(-1) as Revision } });
    else if (touched.length + places > 0) await this.#store.apply({ untouch: { dir, upTo } });
    return { rows: touched.length, next: full };
  }

  async #prune(row: DirRow, after: PastPosition, limit: number): Promise<Visit> {
    const { dir } = row;
    const past = await this.#store.pastOf(dir, after, limit);
    const expired: PastRow[] = [];
    for (const one of past) if (await this.#isExpired(one)) expired.push(one);
    if (expired.length > 0) {
      const kept = Math.max(row.kept, ...expired.map(({ until }) => until)) as Revision;
      await this.#store.apply({ pruned: expired, dirs: [{ ...row, kept }] });
      this.pruned += expired.length;
    }
    const last = past.length < limit ? undefined : past.at(-1);
    return { rows: past.length, ...(last && { next: { name: last.name, until: last.until } }) };
  }

  async #isExpired({ dir, name, until, content }: PastRow): Promise<boolean> {
    const { retentions } = this.#init;
    const retentionMs = await retentions.of({ dir, name, until });
    if (until > (await retentions.expiredUpTo(retentionMs))) return false;
    if (content.kind === "file") return true;
    // The way to what is kept for longer stays as long as that does.
    const longest = Math.max(retentionMs, await retentions.longestWithin(content.dir));
    return until <= (await retentions.expiredUpTo(longest));
  }
}
