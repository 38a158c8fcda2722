/** What each request does: its fields become nouns, the service answers, nouns become fields. */
import { GoliathError } from "../nouns/exports.ts";
import type { CallOptions } from "../wire/exports.ts";
import { parseCount } from "../wire/fields.ts";
import * as chunks from "./chunks-wire.ts";
import { commitHeader, commitReply, logReply, logRequest } from "./commit-wire.ts";
import * as copies from "./copies-wire.ts";
import type { IndexReply, IndexRequest } from "./generated/index.js";
import * as members from "./members-wire.ts";
import * as namespace from "./namespace-wire.ts";
import { searchReply, searchRequest } from "./search-wire.ts";
import type { IndexService } from "./service.ts";
import type { StagedChanges } from "./staged-changes.ts";

export type IndexReplyBody = Partial<Omit<IndexReply, "call" | "status" | "about">>;

/** What answering one request takes. */
export interface IndexCall {
  service: IndexService;
  /** Handed on as it came: its signal is made when somebody looks at it. */
  options: CallOptions;
  staged: StagedChanges;
  payload: Uint8Array;
}

export interface IndexAnswer {
  body: IndexReplyBody;
  payload?: Uint8Array;
}

type Method = Exclude<keyof IndexRequest, "call" | "cancel">;
type Message<Name extends Method> = NonNullable<IndexRequest[Name]>;
type Methods = {
  [Name in Method]: (message: Message<Name>, call: IndexCall) => Promise<IndexAnswer>;
};

/** Throws `unsupported` for a request that this version does not know. */
export async function answerIndexCall(
  request: Partial<IndexRequest>,
  call: IndexCall,
): Promise<IndexAnswer> {
  for (const name of NAMES) {
    const answer = answerIf(name, request, call);
    if (answer) return answer;
  }
  throw new GoliathError("unsupported", "a request that this version does not know");
}

function answerIf<Name extends Method>(
  name: Name,
  request: Partial<Pick<IndexRequest, Name>>,
  call: IndexCall,
): Promise<IndexAnswer> | undefined {
  const message = request[name];
  return message === undefined || message === null ? undefined : METHODS[name](message, call);
}

const NOTHING: IndexAnswer = { body: {} };

const METHODS: Methods = {
  drive: async (_, { service, options }) => ({
    body: { drive: namespace.driveReply.toWire(await service.drive(options)) },
  }),
  resolve: async (message, { service, options }) => {
    const request = namespace.resolveRequest.fromWire(message);
    const reply = await service.resolve(request, options);
    return { body: { resolve: namespace.resolveReply.toWire(reply) } };
  },
  list: async (message, { service, options }) => {
    const request = namespace.listRequest.fromWire(message);
    const reply = await service.list(request, options);
    return { body: { list: namespace.listReply.toWire(reply) } };
  },
  pathOf: async (message, { service, options }) => {
    const request = namespace.pathOfRequest.fromWire(message);
    const path = await service.pathOf(request, options);
    return { body: { pathOf: namespace.pathOfReply.toWire(path) } };
  },
  search: async (message, { service, options }) => {
    const reply = await service.search(searchRequest.fromWire(message), options);
    return { body: { search: searchReply.toWire(reply) } };
  },
  digests: async (message, { service, options }) => {
    const request = chunks.digestsRequest.fromWire(message);
    const sums = await service.digests(request, options);
    return { body: {}, payload: sums };
  },
  holders: async (message, { service, options }) => {
    const request = chunks.holdersRequest.fromWire(message);
    const reply = await service.holders(request, options);
    return { body: { holders: chunks.holdersReply.toWire(reply) } };
  },
  allocate: async (message, { service, options }) => {
    const request = chunks.allocateRequest.fromWire(message);
    const lease = await service.allocate(request, options);
    return { body: { allocate: chunks.leaseReply.toWire(lease) } };
  },
  renew: async (message, { service, options }) => {
    await service.renew(chunks.renewRequest.fromWire(message), options);
    return NOTHING;
  },
  stageDigests: async (header, { service, options, payload }) => {
    const request = chunks.stageDigestsRequest.fromWire({ header, payload });
    await service.stageDigests(request, options);
    return NOTHING;
  },
  place: async (message, { service, options }) => {
    const reply = await service.place(copies.placeRequest.fromWire(message), options);
    return { body: { place: chunks.holdersReply.toWire(reply) } };
  },
  policies: async (message, { service, options }) => {
    const policies = await service.policies(copies.policiesRequest.fromWire(message), options);
    return { body: { policies: copies.policiesReply.toWire(policies) } };
  },
  copies: async (_, { service, options }) => ({
    body: { copies: copies.copiesReply.toWire(await service.copies(options)) },
  }),
  stage: async (message, { staged, payload }) => {
    staged.add(message, payload);
    return NOTHING;
  },
  giveUpStage: async ({ stage }, { staged }) => {
    staged.giveUp(stage);
    return NOTHING;
  },
  commit: async (message, { service, options, staged, payload }) => {
    const { stage, parts, ...header } = commitHeader.fromWire(message);
    const { digest } = header;
    const { changes, release } = staged.take({ stage, parts, digest }, payload);
    try {
      const reply = await service.commit({ ...header, changes }, options);
      return { body: { commit: commitReply.toWire(reply) } };
    } finally {
      release();
    }
  },
  log: async (message, { service, options }) => {
    const entries = await service.log(logRequest.fromWire(message), options);
    return { body: { log: logReply.toWire({ entries, more: false }) } };
  },
  peers: async ({ skip }, { service, options }) => {
    const rows = skipRows(await service.peers(options), skip);
    return { body: { peers: members.peersReply.toWire({ rows, more: false }) } };
  },
  members: async ({ skip }, { service, options }) => {
    const rows = skipRows(await service.members(options), skip);
    return { body: { members: members.membersReply.toWire({ rows, more: false }) } };
  },
  invite: async (message, { service, options }) => {
    const request = members.inviteRequest.fromWire(message);
    return { body: {}, payload: await service.invite(request, options) };
  },
  revoke: async (message, { service, options }) => {
    await service.revoke(members.revokeRequest.fromWire(message), options);
    return NOTHING;
  },
  renewPass: async (_, { service, options }) => {
    return { body: {}, payload: await service.renewPass(options) };
  },
};

const NAMES = Object.keys(METHODS) as Method[];

const skipRows = <Row>(rows: Row[], skip: number): Row[] =>
  rows.slice(parseCount(skip, { what: "rows to skip" }));
