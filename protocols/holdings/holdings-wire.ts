/** Messages of the holdings protocol between bytes and nouns. Decoding trusts nothing. */
import {
  GoliathError,
  parseLabels,
  parseLeaseId,
  parsePeerId,
  type ChunkRun,
  type LeaseId,
} from "../nouns/exports.ts";
import { PEER_NAME_BYTES_MAX } from "../pass/exports.ts";
import {
  countRuns,
  decodeHeader,
  decodeRuns,
  encodeRuns,
  type Numbered,
  type TwoWayMessage,
  type WireStatus,
} from "../wire/exports.ts";
import { parseCount, parseText } from "../wire/fields.ts";
import {
  ADDRESS_BYTES_MAX,
  ADDRESSES_MAX,
  PROVE_LEASES_MAX,
  SESSION_CHARACTERS_MAX,
} from "./bounds.ts";
import { HoldingsMessage, type Keeper } from "./generated/holdings.js";
import {
  DROP_CHUNKS_MAX,
  DROP_RUNS_MAX,
  ORDER_CHUNKS_MAX,
  PROVE_DIGESTS_MAX,
  REPORT_RUNS_MAX,
  type Announcement,
  type CopyOrder,
  type Heartbeat,
  type HoldingsReport,
  type KeeperState,
} from "./service.ts";

const BYTES = { what: "the bytes of an order" };
const LIFE = { what: "the life of an order", min: 1 };

export type HoldingsRequest =
  | { ask: "begin"; session: string }
  | { ask: "report"; report: HoldingsReport }
  | { ask: "heartbeat"; heartbeat: Heartbeat }
  /** The digests are the payload. */
  | { ask: "prove"; runs: ChunkRun[]; leases: LeaseId[] }
  | { ask: "announce"; announcement: Announcement }
  /** The digests are the payload. */
  | { ask: "copy"; order: Omit<CopyOrder, "sums"> }
  | { ask: "drop"; runs: ChunkRun[] }
  | { ask: "cancel" };

export interface HoldingsReply {
  number: number;
}

export const EMPTY_REPLY: HoldingsReply = { number: 0 };

export function encodeRequest(request: HoldingsRequest & Numbered): Uint8Array {
  const { call } = request;
  switch (request.ask) {
    case "begin":
      return HoldingsMessage.encode({ call, begin: { session: request.session } });
    case "report":
      return HoldingsMessage.encode({ call, report: encodeReport(request.report) });
    case "heartbeat":
      return HoldingsMessage.encode({ call, heartbeat: clipAddresses(request.heartbeat) });
    case "prove":
      return HoldingsMessage.encode({ call, prove: encodeProve(request) });
    case "announce":
      return HoldingsMessage.encode({ call, announce: encodeAnnounce(request.announcement) });
    case "copy":
      return HoldingsMessage.encode({ call, copy: encodeCopy(request.order) });
    case "drop":
      return HoldingsMessage.encode({ call, drop: { runs: encodeDropped(request.runs) } });
    case "cancel":
      return HoldingsMessage.encode({ call, cancel: {} });
  }
}

export function encodeReply(reply: HoldingsReply & Numbered & WireStatus): Uint8Array {
  const { call, status, about, number } = reply;
  return HoldingsMessage.encode({ call, reply: { status, about, number } });
}

/** Throws `bad-request` or `too-large` for bytes that are no message. */
export function decodeMessage(header: Uint8Array): TwoWayMessage<HoldingsRequest, HoldingsReply> {
  const message = decodeHeader(HoldingsMessage, header);
  const call = parseCount(message.call, { what: "call", min: 1 });
  if (!message.reply) return { request: { call, ...decodeAsk(message) } };
  const { status, about, number } = message.reply;
  return { reply: { call, status, about, number: parseCount(number, { what: "number" }) } };
}

function decodeAsk(message: HoldingsMessage): HoldingsRequest {
  const { begin, report, heartbeat, prove, announce, copy, drop, cancel } = message;
  if (begin) return { ask: "begin", session: parseSession(begin.session) };
  if (report) return { ask: "report", report: decodeReport(report) };
  if (heartbeat) return { ask: "heartbeat", heartbeat: decodeHeartbeat(heartbeat) };
  if (prove) {
    const runs = decodeRuns(prove.runs, PROVE_DIGESTS_MAX);
    return { ask: "prove", runs, leases: prove.leases.map(parseLeaseId) };
  }
  if (announce) return { ask: "announce", announcement: decodeAnnounce(announce) };
  if (copy) return { ask: "copy", order: decodeCopy(copy) };
  if (drop) return { ask: "drop", runs: checkDropped(decodeRuns(drop.runs, DROP_RUNS_MAX)) };
  if (cancel) return { ask: "cancel" };
  throw new GoliathError("bad-request", "an unknown request");
}

function parseSession(session: string): string {
  if (/^[\x21-\x7e]+$/.test(session) && session.length <= SESSION_CHARACTERS_MAX) return session;
  throw new GoliathError("bad-request", "a session is 1 to 64 printable characters");
}

function encodeReport({ number, full, added, removed, kept }: HoldingsReport) {
  const { added: keptAdded, removed: keptRemoved } = kept ?? { added: [], removed: [] };
  const runs = added.length + removed.length + keptAdded.length + keptRemoved.length;
  if (runs > REPORT_RUNS_MAX) {
    throw new GoliathError("too-large", `more than ${REPORT_RUNS_MAX} runs in one report`);
  }
  return {
    number,
    full,
    added: encodeRuns(added),
    removed: encodeRuns(removed),
    keptAdded: encodeRuns(keptAdded),
    keptRemoved: encodeRuns(keptRemoved),
  };
}

function decodeReport(message: NonNullable<HoldingsMessage["report"]>): HoldingsReport {
  let room = REPORT_RUNS_MAX;
  const decode = (bytes: Uint8Array): ChunkRun[] => {
    const runs = decodeRuns(bytes, room);
    room -= runs.length;
    return runs;
  };
  const report: HoldingsReport = {
    number: parseCount(message.number, { what: "report number", min: 1 }),
    full: message.full,
    added: decode(message.added),
    removed: decode(message.removed),
  };
  const kept = { added: decode(message.keptAdded), removed: decode(message.keptRemoved) };
  if (kept.added.length + kept.removed.length > 0) report.kept = kept;
  return report;
}

function encodeProve({ runs, leases }: { runs: ChunkRun[]; leases: LeaseId[] }) {
  if (leases.length > PROVE_LEASES_MAX) {
    throw new GoliathError("too-large", `more than ${PROVE_LEASES_MAX} leases in one proof`);
  }
  return { runs: encodeRuns(runs, PROVE_DIGESTS_MAX), leases };
}

function encodeAnnounce({ runs, ...rest }: Announcement) {
  return { ...rest, runs: encodeRuns(checkOrdered(runs)) };
}

function decodeAnnounce(message: NonNullable<HoldingsMessage["announce"]>): Announcement {
  return {
    runs: checkOrdered(decodeRuns(message.runs, ORDER_CHUNKS_MAX)),
    writer: parsePeerId(message.writer),
    bytes: parseCount(message.bytes, BYTES),
    expiresInMs: parseCount(message.expiresInMs, LIFE),
  };
}

function encodeCopy({ runs, ...rest }: Omit<CopyOrder, "sums">) {
  return { ...rest, runs: encodeRuns(checkOrdered(runs)) };
}

function decodeCopy(message: NonNullable<HoldingsMessage["copy"]>): Omit<CopyOrder, "sums"> {
  return {
    runs: checkOrdered(decodeRuns(message.runs, ORDER_CHUNKS_MAX)),
    bytes: parseCount(message.bytes, BYTES),
    expiresInMs: parseCount(message.expiresInMs, LIFE),
  };
}

function encodeDropped(runs: ChunkRun[]): Uint8Array {
  return encodeRuns(checkDropped(runs), DROP_RUNS_MAX);
}

function checkDropped(runs: ChunkRun[]): ChunkRun[] {
  if (countRuns(runs) <= DROP_CHUNKS_MAX) return runs;
  throw new GoliathError("too-large", `more than ${DROP_CHUNKS_MAX} chunks in one order to drop`);
}

function checkOrdered(runs: ChunkRun[]): ChunkRun[] {
  if (countRuns(runs) <= ORDER_CHUNKS_MAX) return runs;
  throw new GoliathError("too-large", `more than ${ORDER_CHUNKS_MAX} chunks in one order`);
}

/** A machine with more addresses than fit tells its first ones: it must be heard all the same. */
function clipAddresses(heartbeat: Heartbeat): Heartbeat {
  const fitting = heartbeat.addresses.filter(
    (address) => Buffer.byteLength(address) <= ADDRESS_BYTES_MAX,
  );
  return { ...heartbeat, addresses: fitting.slice(0, ADDRESSES_MAX) };
}

function decodeHeartbeat(beat: NonNullable<HoldingsMessage["heartbeat"]>): Heartbeat {
  return {
    addresses: beat.addresses.map((address) =>
      parsePlain(address, { what: "address", bytesMax: ADDRESS_BYTES_MAX }),
    ),
    name: parsePlain(beat.name, { what: "name", bytesMax: PEER_NAME_BYTES_MAX }),
    capacityBytes: parseCount(beat.capacityBytes, { what: "capacity" }),
    freeBytes: parseCount(beat.freeBytes, { what: "free space" }),
    load: beat.load,
    ...(beat.keeper && { keeper: decodeKeeper(beat.keeper) }),
  };
}

function decodeKeeper({ usedBytes, labels, draining }: Keeper): KeeperState {
  return {
    usedBytes: parseCount(usedBytes, { what: "used space" }),
    labels: parseLabels(labels),
    draining,
  };
}

/** Text that others will see on their terminals. */
function parsePlain(text: string, bounds: { what: string; bytesMax: number }): string {
  if (!/\p{Cc}/u.test(text)) return parseText(text, bounds);
  throw new GoliathError("bad-request", `${bounds.what} has control characters`);
}
