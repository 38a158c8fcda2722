/** Messages about who takes part: peers, members, invite, revoke. */
import {
  GoliathError,
  parseLabels,
  parsePeerId,
  type PeerId,
  type Role,
} from "../nouns/exports.ts";
import { countFitting } from "../wire/count-fitting.ts";
import { parseCount, parseText, type WireForm } from "../wire/fields.ts";
import {
  CUT_BYTES,
  ADDRESSES_MAX,
  LABEL_BYTES_MAX,
  ROWS_PER_REPLY_MAX,
  SIGNED_BYTES_MAX,
} from "./bounds.ts";
import { parseAddresses } from "./chunks-wire.ts";
import type * as wire from "./generated/index.js";
import type { InviteRequest, KeeperInfo, Member, PeerInfo } from "./service.ts";

/** The numbers of the roles. Append-only: never renumber. */
const ROLE_NUMBERS: Record<Role, number> = { reader: 1, writer: 2, admin: 3 };
const ROLES_BY_NUMBER: readonly (Role | undefined)[] = [undefined, "reader", "writer", "admin"];

const LABEL = { what: "a name", bytesMax: LABEL_BYTES_MAX };
const TIME = { what: "a time" };

/** Rows of a list, and whether there are more after them. */
export interface Page<Row> {
  rows: Row[];
  more: boolean;
}

/** Rows that do not fit are left out, and `more` says so. */
export const peersReply: WireForm<Page<PeerInfo>, wire.PeersReply> = {
  toWire({ rows, more }) {
    const count = countFitting(rows, {
      bytesOf: peerBytesMax,
      bytesMax: CUT_BYTES,
      countMax: ROWS_PER_REPLY_MAX,
    });
    const peers = rows.slice(0, count).map(peerToWire);
    return { peers, more: more || count < rows.length };
  },
  fromWire: ({ peers, more }) => ({ rows: peers.map(peerFromWire), more }),
};

/** Rows that do not fit are left out, and `more` says so. */
export const membersReply: WireForm<Page<Member>, wire.MembersReply> = {
  toWire({ rows, more }) {
    const count = countFitting(rows, {
      bytesOf: memberBytesMax,
      bytesMax: CUT_BYTES,
      countMax: ROWS_PER_REPLY_MAX,
    });
    const members = rows.slice(0, count).map((member) => {
      return { ...member, role: ROLE_NUMBERS[member.role] };
    });
    return { members, more: more || count < rows.length };
  },
  fromWire: ({ members, more }) => ({ rows: members.map(memberFromWire), more }),
};

export const inviteRequest: WireForm<InviteRequest, wire.InviteRequest> = {
  toWire: (request) => ({ ...checkInvite(request), role: ROLE_NUMBERS[request.role] }),
  fromWire: (message) => checkInvite({ ...message, role: parseRole(message.role) }),
};

export const revokeRequest: WireForm<{ peer: PeerId }, wire.RevokeRequest> = {
  toWire: ({ peer }) => ({ peer }),
  fromWire: ({ peer }) => ({ peer: parsePeerId(peer) }),
};

/** A signed invite or pass, as a payload: whoever uses it verifies it. */
export function parseSigned(payload: Uint8Array): Uint8Array {
  if (payload.length > 0 && payload.length <= SIGNED_BYTES_MAX) return payload;
  throw new GoliathError("bad-request", "not a signed statement");
}

function peerToWire(info: PeerInfo): wire.PeerInfo {
  const role = ROLE_NUMBERS[info.role];
  return { ...info, role, addresses: info.addresses.slice(0, ADDRESSES_MAX) };
}

function peerFromWire(message: wire.PeerInfo): PeerInfo {
  return {
    peer: parsePeerId(message.peer),
    name: parseText(message.name, LABEL),
    role: parseRole(message.role),
    online: message.online,
    seenAt: parseCount(message.seenAt, TIME),
    addresses: parseAddresses(message.addresses),
    chunks: parseCount(message.chunks, { what: "a count of chunks" }),
    capacityBytes: parseCount(message.capacityBytes, { what: "a capacity" }),
    freeBytes: parseCount(message.freeBytes, { what: "free space" }),
    ...(message.keeper && { keeper: keeperFromWire(message.keeper) }),
  };
}

function keeperFromWire(message: wire.KeeperInfo): KeeperInfo {
  return {
    usedBytes: parseCount(message.usedBytes, { what: "used space" }),
    labels: parseLabels(message.labels),
    draining: message.draining,
    kept: parseCount(message.kept, { what: "a count of chunks" }),
    needed: parseCount(message.needed, { what: "a count of chunks" }),
  };
}

function peerBytesMax({ name, addresses, keeper }: PeerInfo): number {
  let bytes = 192 + 3 * name.length;
  for (const label of keeper?.labels ?? []) bytes += 4 + label.length;
  for (const address of addresses) bytes += 4 + 3 * address.length;
  return bytes;
}

const memberBytesMax = ({ name }: Member): number => 96 + 3 * name.length;

const memberFromWire = ({ peer, name, role, joinedAt, revoked }: wire.Member): Member => ({
  peer: parsePeerId(peer),
  name: parseText(name, LABEL),
  role: parseRole(role),
  joinedAt: parseCount(joinedAt, TIME),
  revoked,
});

function parseRole(number: number): Role {
  const role = ROLES_BY_NUMBER[number];
  if (!role) throw new GoliathError("unsupported", "a role that this version does not know");
  return role;
}

function checkInvite({ role, expiresInMs, uses }: InviteRequest): InviteRequest {
  parseCount(expiresInMs, { what: "an invite's life", min: 1 });
  parseCount(uses, { what: "an invite's uses", min: 1 });
  return { role, expiresInMs, uses };
}
