/** A writer for tests: allocates, stages and numbers its commits as a client would. */
import type { CommitReply, CommitRequest } from "@goliath/protocols/index/service";
import { digestOf, rootOf } from "@goliath/protocols/nouns";
import type {
  Change,
  DrivePath,
  FileBody,
  LeaseId,
  PeerId,
  PolicyChange,
  Revision,
} from "@goliath/protocols/nouns";
import type { Committer, IndexEngine } from "../engine.ts";

export class TestWriter {
  /** Another after a restart. */
  engine: IndexEngine;
  readonly who: Committer;
  number = 0;
  #leases: LeaseId[] = [];

  constructor(engine: IndexEngine, name: string, { admin = false } = {}) {
    this.engine = engine;
    this.who = { peer: name as PeerId, admin };
  }

  get peer(): PeerId {
    return this.who.peer;
  }

  /** A file of these chunks, which are staged under a lease that the next commit ends. */
  async file(chunks: string[], more: Partial<FileBody> = {}): Promise<FileBody> {
    if (chunks.length === 0) return fileBody(new Uint8Array(), []);
    const { lease, first, count } = await this.engine.allocate(this.peer, chunks.length);
    const sums = sumsOf(chunks);
    await this.engine.stageDigests(this.peer, { lease, first, sums });
    this.#leases.push(lease);
    const bytes = (count - 1) * CHUNK_BYTES + (chunks.at(-1)?.length ?? 0);
    return { ...fileBody(sums, [{ first, count, bytes }]), ...more };
  }

  request(...changes: Change[]): CommitRequest {
    const leases = this.#leases.splice(0);
    const number = ++this.number;
    const digest = digestOf(Buffer.from(JSON.stringify([number, changes])));
    return { number, digest, changes, leases, locations: [] };
  }

  commit(...changes: Change[]): Promise<CommitReply> {
    return this.engine.commit(this.who, this.request(...changes));
  }

  async put(path: string, text = path): Promise<CommitReply> {
    return this.commit(put(path, await this.file([text])));
  }
}

/** The drives of tests have small chunks. */
export const CHUNK_BYTES = 4096;

export function sumsOf(chunks: string[]): Uint8Array {
  return Buffer.concat(chunks.map((chunk) => digestOf(Buffer.from(chunk))));
}

function fileBody(sums: Uint8Array, extents: FileBody["extents"]): FileBody {
  const size = extents.reduce((sum, { bytes }) => sum + bytes, 0);
  return { root: rootOf(sums), extents, size, mtimeMs: 1000, executable: false };
}

export const at = (path: string): DrivePath => path as DrivePath;
export const put = (path: string, file: FileBody): Change => ({ op: "put", path: at(path), file });
export const mkdir = (path: string): Change => ({ op: "mkdir", path: at(path) });
export const remove = (path: string): Change => ({ op: "remove", path: at(path) });
export const move = (path: string, to: string): Change => ({
  op: "move",
  path: at(path),
  to: at(to),
});
export const claim = (path: string): Change => ({ op: "claim", path: at(path) });
export const unclaim = (path: string): Change => ({ op: "unclaim", path: at(path) });
export const copy = (path: string, from: string, revision?: number): Change => ({
  op: "copy",
  path: at(path),
  from: at(from),
  ...(revision !== undefined && { at: revision as Revision }),
});
export const setPolicy = (path: string, policy: PolicyChange): Change => ({
  op: "policy",
  path: at(path),
  policy,
});
