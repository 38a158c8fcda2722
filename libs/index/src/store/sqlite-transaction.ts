/** Writes of `SqliteIndexStore`: a reader that can also write. */
import { REVISION_ZERO } from "@goliath/protocols/nouns";
import type { PeerId } from "@goliath/protocols/nouns";
import { encodeFeed } from "./feed-part.ts";
import type { Batch, StoreTransaction } from "./index-store.ts";
import { SqliteReader } from "./sqlite-reader.ts";
import { toColumns } from "./sqlite-row.ts";
import { writeUpkeep } from "./sqlite-upkeep-writes.ts";

const KEY = "dir = CAST(? AS INTEGER) AND name = CAST(? AS TEXT)";
const CONTENT = "rev, kind, ref, size, mtime, root, ext";
const TO_PAST = `INSERT INTO past (dir, name, until, ${CONTENT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const TO_ENTRY = `INSERT INTO entry (dir, name, ${CONTENT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (dir, name) DO UPDATE SET rev = excluded.rev, kind = excluded.kind,
  ref = excluded.ref, size = excluded.size, mtime = excluded.mtime, root = excluded.root,
  ext = excluded.ext`;
const DROP_ENTRY = `DELETE FROM entry WHERE ${KEY}`;
const TO_DIR = `INSERT INTO dir (id, parent, name, made, gone, files, bytes, claims, height, reach,
  owner, kept) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
  parent = excluded.parent, name = excluded.name, gone = excluded.gone, files = excluded.files,
  bytes = excluded.bytes, claims = excluded.claims, height = excluded.height,
  reach = excluded.reach, owner = excluded.owner, kept = excluded.kept`;

export class SqliteTransaction extends SqliteReader implements StoreTransaction {
  async apply(batch: Batch): Promise<void> {
    this.#head(batch);
    writeUpkeep(batch, { sql: this.sql, revision: batch.head?.revision ?? REVISION_ZERO });
    await this.#entriesOf(batch);
    this.#dirs(batch);
    this.#digests(batch);
    this.#revision(batch);
    this.#commits(batch);
    this.#leases(batch);
    this.#record(batch);
  }

  #head({ head }: Batch): void {
    if (!head) return;
    this.sql.run(
      `UPDATE drive SET generation = ?, revision = ?, oldest = ?, next_dir = ?, next_chunk = ?,
       next_lease = ?, run_ms = ?`,
      head.generation,
      head.revision,
      head.oldest,
      head.nextDir,
      head.nextChunk,
      head.nextLease,
      head.runMs,
    );
  }

  async #entriesOf({ entries = [], head }: Batch): Promise<void> {
    const revision = head?.revision ?? (await this.head()).revision;
    const toPast = this.sql.prepared(TO_PAST);
    const toEntry = this.sql.prepared(TO_ENTRY);
    for (const { dir, name, before, now } of entries) {
      if (before) {
        toPast.run(dir, name, revision, before.revision, ...toColumns(before.content));
      }
      if (now) toEntry.run(dir, name, revision, ...toColumns(now));
      else this.sql.run(DROP_ENTRY, dir, name);
    }
  }

  #dirs({ dirs = [], places = [] }: Batch): void {
    const toDir = this.sql.prepared(TO_DIR);
    for (const row of dirs) {
      const { dir, parent, name, made, gone, files, bytes, claims, height, reach } = row;
      const place = [dir, parent, name, made, gone] as const;
      toDir.run(...place, files, bytes, claims, height, reach, row.owner ?? null, row.kept);
    }
    const sql = "INSERT INTO place (dir, until, parent, name) VALUES (?, ?, ?, ?)";
    for (const { dir, until, parent, name } of places) this.sql.run(sql, dir, until, parent, name);
  }

  #digests({ digests = [] }: Batch): void {
    const statement = this.sql.prepared("INSERT INTO digests (first, sums) VALUES (?, ?)");
    for (const { first, sums } of digests) statement.run(first, sums);
  }

  #revision({ revision, feed = [], touched = [] }: Batch): void {
    if (!revision) return;
    const { revision: rev, atMs, runMs, peer, changes, summary, note } = revision;
    this.sql.run(
      `INSERT INTO revision (rev, at, writer, changes, summary, note, run_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      rev,
      atMs,
      this.#writerId(peer),
      changes,
      summary,
      note,
      runMs,
    );
    const touch = this.sql.prepared("INSERT INTO touched (dir, rev) VALUES (?, ?)");
    for (const dir of touched) touch.run(dir, rev);
    let part = 0;
    for (const body of encodeFeed(feed)) {
      this.sql.run("INSERT INTO feed (rev, part, body) VALUES (?, ?, ?)", rev, part++, body);
    }
  }

  #writerId(peer: PeerId): number {
    this.sql.run("INSERT INTO writer (peer, floor) VALUES (?, -1) ON CONFLICT DO NOTHING", peer);
    const sql = "SELECT id FROM writer WHERE peer = CAST(? AS TEXT)";
    return (this.sql.get<{ id: number }>(sql, peer) as { id: number }).id;
  }

  #commits({ done, forget }: Batch): void {
    if (done) {
      const { peer, number, digest, revision, atMs } = done;
      const sql = "INSERT INTO done (writer, number, digest, rev, at) VALUES (?, ?, ?, ?, ?)";
      this.sql.run(sql, this.#writerId(peer), number, digest, revision, atMs);
    }
    if (!forget) return;
    const writer = this.#writerId(forget.peer);
    this.sql.run(
      `UPDATE writer SET floor = MAX(floor, CAST(? AS INTEGER)) WHERE id = CAST(? AS INTEGER)`,
      forget.number,
      writer,
    );
    this.sql.run(
      "DELETE FROM done WHERE writer = CAST(? AS INTEGER) AND number <= CAST(? AS INTEGER)",
      writer,
      forget.number,
    );
  }

  #leases({ leases = [], ended = [], staged }: Batch): void {
    for (const { lease, peer, first, count, expiresAtMs } of leases) {
      this.sql.run(
        `INSERT INTO lease (id, peer, first, count, expires) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET expires = excluded.expires`,
        lease,
        peer,
        first,
        count,
        expiresAtMs,
      );
    }
    for (const lease of ended) {
      this.sql.run("DELETE FROM lease WHERE id = CAST(? AS INTEGER)", lease);
      this.sql.run("DELETE FROM staged WHERE lease = CAST(? AS INTEGER)", lease);
    }
    if (!staged) return;
    const { lease, remove, add } = staged;
    const drop = `DELETE FROM staged WHERE lease = CAST(? AS INTEGER) AND first = CAST(? AS INTEGER)`;
    for (const first of remove) this.sql.run(drop, lease, first);
    const insert = "INSERT INTO staged (lease, first, sums) VALUES (?, ?, ?)";
    for (const { first, sums } of add) this.sql.run(insert, lease, first, sums);
  }

  #record({ record }: Batch): void {
    if (!record) return;
    const { key, value } = record;
    if (!value) this.sql.run("DELETE FROM record WHERE key = CAST(? AS TEXT)", key);
    else {
      const sql = `INSERT INTO record (key, value) VALUES (?, ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
      this.sql.run(sql, key, value);
    }
  }
}
