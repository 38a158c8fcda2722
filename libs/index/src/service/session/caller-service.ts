/** The index as one peer sees it: what its role allows, in its own name. */
import type {
  CommitReply,
  CommitRequest,
  CopiesReport,
  DriveInfo,
  HoldersReply,
  IndexService,
  InviteRequest,
  Lease,
  ListReply,
  ListRequest,
  LogEntry,
  LogRequest,
  Member,
  PathPolicy,
  PeerInfo,
  PlaceRequest,
  ResolveReply,
  ResolveRequest,
  SearchReply,
  SearchRequest,
} from "@goliath/protocols/index";
import {
  allows,
  GoliathError,
  type ChunkRun,
  type DirId,
  type DrivePath,
  type LeaseId,
  type PeerId,
  type Revision,
  type Role,
} from "@goliath/protocols/nouns";
import type { CallOptions } from "@goliath/protocols/wire";
import type { IndexEngine, StageRequest } from "../../engine/engine.ts";
import type { Copies } from "../copies/copies.ts";
import type { Admission } from "../membership/admission.ts";
import type { Members } from "../membership/members.ts";
import type { CommitDesk } from "./commit-desk.ts";
import type { Roster } from "./roster.ts";

/** What all callers share. */
export interface CallerParts {
  engine: IndexEngine;
  members: Members;
  admission: Admission;
  roster: Roster;
  commits: CommitDesk;
  copies: Copies;
}

/** The role is looked up in every call: a change of it counts at once. */
export class CallerService implements IndexService {
  readonly #parts: CallerParts;
  readonly #peer: PeerId;

  constructor(parts: CallerParts, peer: PeerId) {
    this.#parts = parts;
    this.#peer = peer;
  }

  async drive(): Promise<DriveInfo> {
    return this.#as("reader").engine.drive();
  }

  async resolve(request: ResolveRequest): Promise<ResolveReply> {
    return this.#as("reader").engine.resolve(request);
  }

  async list(request: ListRequest): Promise<ListReply> {
    return this.#as("reader").engine.list(request);
  }

  async pathOf(request: { dir: DirId; at?: Revision }): Promise<DrivePath> {
    return this.#as("reader").engine.pathOf(request);
  }

  async search(request: SearchRequest): Promise<SearchReply> {
    return this.#as("reader").engine.search(request);
  }

  async digests(request: { runs: ChunkRun[] }): Promise<Uint8Array> {
    return this.#as("reader").engine.digests(request);
  }

  async holders({ runs }: { runs: ChunkRun[] }): Promise<HoldersReply> {
    return this.#as("reader").roster.holders(runs);
  }

  async allocate({ count }: { count: number }): Promise<Lease> {
    return this.#as("writer").engine.allocate(this.#peer, count);
  }

  async renew({ leases }: { leases: LeaseId[] }): Promise<void> {
    await this.#as("writer").engine.renew(this.#peer, leases);
  }

  async stageDigests(request: StageRequest): Promise<void> {
    await this.#as("writer").engine.stageDigests(this.#peer, request);
  }

  async place(request: PlaceRequest, options?: CallOptions): Promise<HoldersReply> {
    return this.#as("writer").copies.place(this.#peer, request, options);
  }

  async policies(request: { paths: DrivePath[] }): Promise<PathPolicy[]> {
    return this.#as("reader").engine.policies(request);
  }

  async copies(): Promise<CopiesReport> {
    return this.#as("reader").copies.report();
  }

  async commit(request: CommitRequest, options?: CallOptions): Promise<CommitReply> {
    const { commits } = this.#as("writer");
    return commits.commit({ peer: this.#peer, admin: this.#may("admin") }, request, options);
  }

  async log(request: LogRequest): Promise<LogEntry[]> {
    return this.#as("reader").engine.log(request);
  }

  async peers(): Promise<PeerInfo[]> {
    return this.#as("reader").roster.peers();
  }

  async members(): Promise<Member[]> {
    return this.#as("admin").roster.members();
  }

  async invite(request: InviteRequest): Promise<Uint8Array> {
    const { token } = await this.#as("admin").admission.invite(request);
    return token;
  }

  async revoke({ peer }: { peer: PeerId }): Promise<void> {
    await this.#as("admin").members.revoke(peer);
  }

  async renewPass(): Promise<Uint8Array> {
    return this.#as("reader").admission.passFor(this.#peer);
  }

  /** The shared parts, for a caller of at least this role. Throws `no-pass`, `forbidden`. */
  #as(wanted: Role): CallerParts {
    if (this.#may(wanted)) return this.#parts;
    throw new GoliathError("forbidden", `this needs the role of ${wanted}`);
  }

  #may(wanted: Role): boolean {
    const member = this.#parts.members.active(this.#peer);
    if (!member) throw new GoliathError("no-pass", "the membership has ended");
    return allows(member.role, wanted);
  }
}
