/** The asking end of the index protocol. */
import type {
  ChunkId,
  ChunkRun,
  DirId,
  DrivePath,
  LeaseId,
  PeerId,
  Revision,
} from "../nouns/exports.ts";
import { GoliathError } from "../nouns/exports.ts";
import {
  Caller,
  decodeHeader,
  type CallOptions,
  type FrameStream,
  type Message,
} from "../wire/exports.ts";
import { required } from "../wire/fields.ts";
import { askHolders } from "./ask-holders.ts";
import { ROWS_MAX } from "./bounds.ts";
import * as chunks from "./chunks-wire.ts";
import { logReply, logRequest } from "./commit-wire.ts";
import * as copies from "./copies-wire.ts";
import { IndexReply, IndexRequest } from "./generated/index.js";
import type { IndexReplyBody } from "./index-methods.ts";
import { JoinedResolves } from "./joined-resolves.ts";
import * as members from "./members-wire.ts";
import * as namespace from "./namespace-wire.ts";
import { searchReply, searchRequest } from "./search-wire.ts";
import { CommitSender } from "./send-commit.ts";
import {
  LOG_ENTRIES_MAX,
  type CommitReply,
  type CommitRequest,
  type CopiesReport,
  type DriveInfo,
  type HoldersReply,
  type IndexService,
  type InviteRequest,
  type Lease,
  type ListReply,
  type ListRequest,
  type LogEntry,
  type LogRequest,
  type Member,
  type PathPolicy,
  type PeerInfo,
  type PlaceRequest,
  type ResolveReply,
  type ResolveRequest,
  type SearchReply,
  type SearchRequest,
} from "./service.ts";

/**
 * Speaks to the index at the other end of `frames`, after the handshake. What does not fit one
 * message is asked for, or sent, in several; the callers do not see it.
 */
export class IndexClient implements IndexService {
  readonly #caller: Caller<Partial<IndexRequest>, IndexReplyBody>;
  readonly #commits: CommitSender;
  readonly #resolves = new JoinedResolves((request, options) => this.#resolveAll(request, options));

  constructor(frames: FrameStream) {
    this.#caller = new Caller<Partial<IndexRequest>, IndexReplyBody>({
      frames,
      encode: (request) => IndexRequest.encode(request),
      decode: (header) => decodeHeader(IndexReply, header),
      cancel: { cancel: {} },
    });
    this.#commits = new CommitSender((request, options) => this.#ask(request, options));
  }

  /** Settles when the stream ended. Never rejects. */
  get closed(): Promise<void> {
    return this.#caller.closed;
  }

  /** Ends our side: no further calls, those under way are still answered. */
  close(): Promise<void> {
    return this.#caller.close();
  }

  abort(error: Error): void {
    this.#caller.abort(error);
  }

  async drive(options?: CallOptions): Promise<DriveInfo> {
    const { body } = await this.#ask({ drive: {} }, options);
    return namespace.driveReply.fromWire(required(body.drive, "drive"));
  }

  /** Any number of paths, all of one revision. */
  resolve(request: ResolveRequest, options?: CallOptions): Promise<ResolveReply> {
    return this.#resolves.resolve(request, options);
  }

  async list(request: ListRequest, options?: CallOptions): Promise<ListReply> {
    const { body } = await this.#ask({ list: namespace.listRequest.toWire(request) }, options);
    const reply = namespace.listReply.fromWire(required(body.list, "list"));
    if (isAfter(reply.next, request.after)) return reply;
    throw new GoliathError("bad-request", "the index's list goes back to names before");
  }

  async pathOf(request: { dir: DirId; at?: Revision }, options?: CallOptions): Promise<DrivePath> {
    const { body } = await this.#ask({ pathOf: namespace.pathOfRequest.toWire(request) }, options);
    return namespace.pathOfReply.fromWire(required(body.pathOf, "path"));
  }

  async search(request: SearchRequest, options?: CallOptions): Promise<SearchReply> {
    const { body } = await this.#ask({ search: searchRequest.toWire(request) }, options);
    return searchReply.fromWire(required(body.search, "search"));
  }

  async digests(request: { runs: ChunkRun[] }, options?: CallOptions): Promise<Uint8Array> {
    const digests = chunks.digestsRequest.toWire(request);
    const { payload } = await this.#ask({ digests }, options);
    return chunks.parseSums(payload, request.runs);
  }

  holders({ runs }: { runs: ChunkRun[] }, options?: CallOptions): Promise<HoldersReply> {
    return askHolders(runs, async (rest) => {
      const holders = chunks.holdersRequest.toWire({ runs: rest });
      const { body } = await this.#ask({ holders }, options);
      return chunks.holdersReply.fromWire(required(body.holders, "holders"));
    });
  }

  async allocate(request: { count: number }, options?: CallOptions): Promise<Lease> {
    const { body } = await this.#ask({ allocate: chunks.allocateRequest.toWire(request) }, options);
    return chunks.leaseReply.fromWire(required(body.allocate, "lease"));
  }

  async renew(request: { leases: LeaseId[] }, options?: CallOptions): Promise<void> {
    await this.#ask({ renew: chunks.renewRequest.toWire(request) }, options);
  }

  async stageDigests(
    request: { lease: LeaseId; first: ChunkId; sums: Uint8Array },
    options?: CallOptions,
  ): Promise<void> {
    const { header, payload } = chunks.stageDigestsRequest.toWire(request);
    await this.#ask({ stageDigests: header }, { ...options, payload });
  }

  async place(request: PlaceRequest, options?: CallOptions): Promise<HoldersReply> {
    const { body } = await this.#ask({ place: copies.placeRequest.toWire(request) }, options);
    return chunks.holdersReply.fromWire(required(body.place, "places"));
  }

  async policies(request: { paths: DrivePath[] }, options?: CallOptions): Promise<PathPolicy[]> {
    const policies = copies.policiesRequest.toWire(request);
    const { body } = await this.#ask({ policies }, options);
    const reply = copies.policiesReply.fromWire(required(body.policies, "policies"));
    if (reply.length === request.paths.length) return reply;
    throw new GoliathError("bad-request", "the index answered other paths than were asked");
  }

  async copies(options?: CallOptions): Promise<CopiesReport> {
    const { body } = await this.#ask({ copies: {} }, options);
    return copies.copiesReply.fromWire(required(body.copies, "copies"));
  }

  /** Any number of changes up to `COMMIT_CHANGES_MAX`. An empty digest is filled in. */
  commit(request: CommitRequest, options?: CallOptions): Promise<CommitReply> {
    return this.#commits.send(request, options);
  }

  async log(request: LogRequest, options?: CallOptions): Promise<LogEntry[]> {
    const limit = request.limit ?? LOG_ENTRIES_MAX;
    const entries: LogEntry[] = [];
    for (let before = request.before; ; before = entries.at(-1)?.revision) {
      const rest = {
        ...request,
        limit: limit - entries.length,
        ...(before !== undefined && { before }),
      };
      const { body } = await this.#ask({ log: logRequest.toWire(rest) }, options);
      const reply = logReply.fromWire(required(body.log, "log"));
      entries.push(...reply.entries);
      if (!reply.more || reply.entries.length === 0 || entries.length >= limit) return entries;
    }
  }

  peers(options?: CallOptions): Promise<PeerInfo[]> {
    return takePages(async (skip) => {
      const { body } = await this.#ask({ peers: { skip } }, options);
      return members.peersReply.fromWire(required(body.peers, "peers"));
    });
  }

  members(options?: CallOptions): Promise<Member[]> {
    return takePages(async (skip) => {
      const { body } = await this.#ask({ members: { skip } }, options);
      return members.membersReply.fromWire(required(body.members, "members"));
    });
  }

  async invite(request: InviteRequest, options?: CallOptions): Promise<Uint8Array> {
    const invite = members.inviteRequest.toWire(request);
    return members.parseSigned((await this.#ask({ invite }, options)).payload);
  }

  async revoke(request: { peer: PeerId }, options?: CallOptions): Promise<void> {
    await this.#ask({ revoke: members.revokeRequest.toWire(request) }, options);
  }

  async renewPass(options?: CallOptions): Promise<Uint8Array> {
    return members.parseSigned((await this.#ask({ renewPass: {} }, options)).payload);
  }

  #ask(
    request: Partial<IndexRequest>,
    options: (CallOptions & { payload?: Uint8Array }) | undefined,
  ): Promise<Message<IndexReplyBody>> {
    return this.#caller.call(request, options);
  }

  async #resolveAll(request: ResolveRequest, options?: CallOptions): Promise<ResolveReply> {
    const all: ResolveReply = await this.#resolveSome(request, options);
    while (all.entries.length < request.paths.length) {
      const paths = request.paths.slice(all.entries.length);
      const more = await this.#resolveSome({ ...request, paths, at: all.revision }, options);
      for (const entry of more.entries) all.entries.push(entry);
    }
    return all;
  }

  /** As many of the first paths as fit the messages. */
  async #resolveSome(request: ResolveRequest, options?: CallOptions): Promise<ResolveReply> {
    const paths = request.paths.slice(0, namespace.countPaths(request.paths));
    const message = namespace.resolveRequest.toWire({ ...request, paths });
    const { body } = await this.#ask({ resolve: message }, options);
    const reply = namespace.resolveReply.fromWire(required(body.resolve, "entries"));
    const { length } = reply.entries;
    if (length <= paths.length && (length > 0 || paths.length === 0)) return reply;
    throw new GoliathError("bad-request", "the index answered other paths than were asked");
  }
}

/** Whether a list gets on, in the order of UTF-8; without this it could go round for ever. */
function isAfter(next: string | undefined, after: string | undefined): boolean {
  if (next === undefined || after === undefined) return true;
  return Buffer.compare(Buffer.from(next), Buffer.from(after)) > 0;
}

async function takePages<Row>(ask: (skip: number) => Promise<members.Page<Row>>): Promise<Row[]> {
  const all: Row[] = [];
  while (all.length <= ROWS_MAX) {
    const { rows, more } = await ask(all.length);
    for (const row of rows) all.push(row);
    if (!more || rows.length === 0) return all;
  }
  throw new GoliathError("too-large", `more than ${ROWS_MAX} rows`);
}
