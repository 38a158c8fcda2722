/**
 * What users see of the drive, compared with its record. Promise 1: a read is of one whole
 * revision. Promise 5: what was appended is there once, and for good once it was acknowledged.
 */
import {
  digestOf,
  DIGEST_BYTES,
  equalBytes,
  GoliathError,
  rootOf,
  spansOf,
  type DrivePath,
  type Entry,
  type FileBody,
} from "@goliath/protocols/nouns";
import { CHUNK_BYTES } from "../index-machine.ts";
import { isExpected } from "../expected-errors.ts";
import type { World } from "../world.ts";

interface Found {
  path: DrivePath;
  entry: Entry;
}

export class DriveChecks {
  readonly #world: World;
  /** Tokens appended, with the revision once that was acknowledged. */
  readonly #tokens = new Map<string, number | undefined>();

  constructor(world: World) {
    this.#world = world;
  }

  /** An operation was refused: with a code that a user can make sense of. */
  refused(what: string, error: unknown): void {
    if (!isExpected(error)) this.#fail(0, `${what} was refused with ${textOf(error)}`);
  }

  wasRead(bytes: Buffer, version: { path: DrivePath; at: number; body: FileBody }): void {
    const { path, at, body } = version;
    if (!isVersion(bytes, body)) this.#fail(1, `${path}@${at} was read with other bytes`);
  }

  /** Everything below the root, as one reader found it. */
  wasListed(found: readonly Found[], revision: number): void {
    const expected = this.#world.record.at(revision);
    const there = new Map(found.map(({ path, entry }) => [path, entry]));
    for (const [path, { body }] of expected) {
      const entry = there.get(path);
      if (path === "/") continue;
      if (!entry) this.#fail(1, `${path} is not listed in revision ${revision}`);
      if ((entry.kind === "file") !== (body !== undefined))
        this.#fail(1, `${path} is a ${entry.kind} in revision ${revision}`);
      if (entry.kind === "file" && body && !equalBytes(entry.root, body.root))
        this.#fail(1, `${path} is another version in revision ${revision}`);
    }
    if (there.size !== expected.size - 1)
      this.#fail(
        1,
        `${there.size} names are listed in revision ${revision}, not ${expected.size - 1}`,
      );
  }

  /** What one reader was told of one path of a revision. */
  wasFound(entry: Entry | undefined, { path, at }: { path: DrivePath; at: number }): void {
    const expected = this.#world.record.at(at).get(path);
    if (!entry || !expected) {
      if (entry || expected) this.#fail(1, `${path}@${at} is ${entry ? "there" : "not there"}`);
      return;
    }
    const isRight =
      entry.kind === "file"
        ? expected.body !== undefined && equalBytes(entry.root, expected.body.root)
        : expected.body === undefined;
    if (!isRight) this.#fail(1, `${path}@${at} is something else`);
  }

  appending(token: string): void {
    this.#tokens.set(token, undefined);
  }

  appended(token: string, revision: number): void {
    this.#tokens.set(token, revision);
  }

  /** A restore from a backup took back what came after it. */
  rewound(revision: number): void {
    for (const [token, at] of this.#tokens)
      if (at !== undefined && at > revision) this.#tokens.set(token, undefined);
  }

  /** Counts the tokens in what a journal was at some revision. */
  journalWas(path: string, bytes: Buffer): void {
    const text = bytes.toString("latin1");
    for (const token of this.#tokens.keys()) {
      const count = text.split(token).length - 1;
      if (count > 1) this.#fail(5, `${token} is ${count} times in ${path}`);
    }
  }

  /** A journal as it was when a token was acknowledged. */
  journalHas(bytes: Buffer, { path, token }: { path: string; token: string }): void {
    const count = bytes.toString("latin1").split(token).length - 1;
    if (count !== 1) this.#fail(5, `${token} was acknowledged and is ${count} times in ${path}`);
  }

  #fail(promise: number, text: string): never {
    return this.#world.site.verdict.fail(promise, text);
  }
}

/** Whether bytes are a version's, by its chunks' digests and its root. */
export function isVersion(bytes: Buffer, body: FileBody): boolean {
  if (bytes.length !== body.size) return false;
  const sums: Uint8Array[] = [];
  for (const { offset, length } of spansOf(body.extents, { chunkBytes: CHUNK_BYTES }))
    sums.push(digestOf(bytes.subarray(offset, offset + length)));
  const all = sums.length > 0 ? Buffer.concat(sums, sums.length * DIGEST_BYTES) : new Uint8Array();
  return equalBytes(rootOf(all), body.root);
}

function textOf(error: unknown): string {
  const { code, message, cause } = GoliathError.from(error);
  const why = cause instanceof Error ? `: ${cause.stack ?? cause.message}` : "";
  return `${code}: ${message}${why}`;
}
