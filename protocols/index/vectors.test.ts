import { entryWire } from "../entry/entry-wire.ts";
import { Entry } from "../entry/generated/entry.js";
import { describeVectors, formOf, type VectorForm } from "../testing/describe-vectors.ts";
import type { WireForm } from "../wire/fields.ts";
import { decodeHeader } from "../wire/header.ts";
import { changeWire } from "./change-wire.ts";
import * as chunks from "./chunks-wire.ts";
import { commitHeader, commitReply, logReply, logRequest } from "./commit-wire.ts";
import * as copies from "./copies-wire.ts";
import * as wire from "./generated/index.js";
import * as members from "./members-wire.ts";
import * as namespace from "./namespace-wire.ts";
import { searchReply, searchRequest } from "./search-wire.ts";

interface Codec<Wire> {
  encode(message: Partial<Wire>): Uint8Array;
  decode(bytes: Uint8Array): Wire;
}

function messageForm<Noun, Wire>(codec: Codec<Wire>, form: WireForm<Noun, Wire>): VectorForm {
  return formOf({
    decode: (bytes) => form.fromWire(decodeHeader(codec, bytes)),
    encode: (noun) => codec.encode(form.toWire(noun)),
  });
}

/** For a frame's whole header, whose bodies have forms of their own. */
function envelopeForm<Wire>(codec: Codec<Wire>): VectorForm {
  return formOf({ decode: (bytes) => decodeHeader(codec, bytes), encode: codec.encode });
}

await describeVectors(new URL("vectors/", import.meta.url), {
  IndexRequest: envelopeForm(wire.IndexRequest),
  IndexReply: envelopeForm(wire.IndexReply),
  Entry: messageForm(Entry, entryWire),
  Change: messageForm(wire.Change, changeWire),
  DriveReply: messageForm(wire.DriveReply, namespace.driveReply),
  ResolveRequest: messageForm(wire.ResolveRequest, namespace.resolveRequest),
  ResolveReply: messageForm(wire.ResolveReply, namespace.resolveReply),
  ListRequest: messageForm(wire.ListRequest, namespace.listRequest),
  ListReply: messageForm(wire.ListReply, namespace.listReply),
  PathOfRequest: messageForm(wire.PathOfRequest, namespace.pathOfRequest),
  PathOfReply: messageForm(wire.PathOfReply, namespace.pathOfReply),
  SearchRequest: messageForm(wire.SearchRequest, searchRequest),
  SearchReply: messageForm(wire.SearchReply, searchReply),
  RunsRequest: messageForm(wire.RunsRequest, chunks.digestsRequest),
  HoldersReply: messageForm(wire.HoldersReply, chunks.holdersReply),
  PlaceRequest: messageForm(wire.PlaceRequest, copies.placeRequest),
  PoliciesRequest: messageForm(wire.PoliciesRequest, copies.policiesRequest),
  PoliciesReply: messageForm(wire.PoliciesReply, copies.policiesReply),
  CopiesReply: messageForm(wire.CopiesReply, copies.copiesReply),
  AllocateRequest: messageForm(wire.AllocateRequest, chunks.allocateRequest),
  LeaseReply: messageForm(wire.LeaseReply, chunks.leaseReply),
  RenewRequest: messageForm(wire.RenewRequest, chunks.renewRequest),
  CommitRequest: messageForm(wire.CommitRequest, commitHeader),
  CommitReply: messageForm(wire.CommitReply, commitReply),
  LogRequest: messageForm(wire.LogRequest, logRequest),
  LogReply: messageForm(wire.LogReply, logReply),
  PeersReply: messageForm(wire.PeersReply, members.peersReply),
  MembersReply: messageForm(wire.MembersReply, members.membersReply),
  InviteRequest: messageForm(wire.InviteRequest, members.inviteRequest),
  RevokeRequest: messageForm(wire.RevokeRequest, members.revokeRequest),
});
