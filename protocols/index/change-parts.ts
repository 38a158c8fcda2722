/**
 * Changes as bytes, in parts of at most a message each. Parts are cut as they please: joined, the
 * bytes are the same, and so is the digest over them.
 */
import { createHash } from "node:crypto";
import { COMMIT_CHANGES_MAX, GoliathError, type Change, type Digest } from "../nouns/exports.ts";
import { countFitting } from "../wire/count-fitting.ts";
import { decodeHeader } from "../wire/header.ts";
import { CUT_BYTES } from "./bounds.ts";
import { changeBytesMax, changeWire } from "./change-wire.ts";
import { Changes } from "./generated/index.js";
import { CHANGES_PER_MESSAGE_MAX } from "./service.ts";

const CUT = { bytesOf: changeBytesMax, bytesMax: CUT_BYTES, countMax: CHANGES_PER_MESSAGE_MAX };

/** The encoded changes in order, at least one part. Throws `too-large` for too many changes. */
export function* encodeChanges(changes: readonly Change[]): Generator<Uint8Array> {
  if (changes.length > COMMIT_CHANGES_MAX) {
    throw new GoliathError(
      "too-large",
      `more than ${COMMIT_CHANGES_MAX} changes in one commit: commit in parts, or move a directory`,
    );
  }
  for (let done = 0; done === 0 || done < changes.length;) {
    const rest = changes.slice(done, done + CHANGES_PER_MESSAGE_MAX);
    const part = rest.slice(0, countFitting(rest, CUT));
    yield Changes.encode({ changes: part.map(changeWire.toWire) });
    if (part.length === 0) return;
    done += part.length;
  }
}

/** Checks everything in the part. */
export function decodeChanges(part: Uint8Array): Change[] {
  return decodeHeader(Changes, part).changes.map(changeWire.fromWire);
}

/** What `CommitRequest.digest` is: sha2-256 over the encoded changes. */
export function digestOfChanges(changes: readonly Change[]): Digest {
  const hash = createHash("sha256");
  for (const part of encodeChanges(changes)) hash.update(part);
  return hash.digest() as Uint8Array as Digest;
}
