/** Messages of the holdings protocol between bytes and nouns. Decoding trusts nothing. */
import { GoliathError, parseLeaseId, type ChunkRun, type LeaseId } from "../nouns/exports.ts";
import { PEER_NAME_BYTES_MAX } from "../pass/exports.ts";
import {
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
import { HoldingsMessage } from "./generated/holdings.js";
import {
  PROVE_DIGESTS_MAX,
  REPORT_RUNS_MAX,
  type Heartbeat,
  type HoldingsReport,
} from "./service.ts";

export type HoldingsRequest =
  | { ask: "begin"; session: string }
  | { ask: "report"; report: HoldingsReport }
  | { ask: "heartbeat"; heartbeat: Heartbeat }
  /** The digests are the payload. */
  | { ask: "prove"; runs: ChunkRun[]; leases: LeaseId[] }
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

function decodeAsk({ begin, report, heartbeat, prove, cancel }: HoldingsMessage): HoldingsRequest {
  if (begin) return { ask: "begin", session: parseSession(begin.session) };
  if (report) return { ask: "report", report: decodeReport(report) };
  if (heartbeat) return { ask: "heartbeat", heartbeat: decodeHeartbeat(heartbeat) };
  if (prove) {
    const runs = decodeRuns(prove.runs, PROVE_DIGESTS_MAX);
    return { ask: "prove", runs, leases: prove.leases.map(parseLeaseId) };
  }
  if (cancel) return { ask: "cancel" };
  throw new GoliathError("bad-request", "an unknown request");
}

function parseSession(session: string): string {
  if (/^[\x21-\x7e]+$/.test(session) && session.length <= SESSION_CHARACTERS_MAX) return session;
  throw new GoliathError("bad-request", "a session is 1 to 64 printable characters");
}

function encodeReport({ number, full, added, removed }: HoldingsReport) {
  return {
    number,
    full,
    added: encodeRuns(added, REPORT_RUNS_MAX),
    removed: encodeRuns(removed, REPORT_RUNS_MAX - added.length),
  };
}

function decodeReport(report: NonNullable<HoldingsMessage["report"]>): HoldingsReport {
  const added = decodeRuns(report.added, REPORT_RUNS_MAX);
  const removed = decodeRuns(report.removed, REPORT_RUNS_MAX - added.length);
  const number = parseCount(report.number, { what: "report number", min: 1 });
  return { number, full: report.full, added, removed };
}

function encodeProve({ runs, leases }: { runs: ChunkRun[]; leases: LeaseId[] }) {
  if (leases.length > PROVE_LEASES_MAX) {
    throw new GoliathError("too-large", `more than ${PROVE_LEASES_MAX} leases in one proof`);
  }
  return { runs: encodeRuns(runs, PROVE_DIGESTS_MAX), leases };
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
  };
}

/** Text that others will see on their terminals. */
function parsePlain(text: string, bounds: { what: string; bytesMax: number }): string {
  if (!/\p{Cc}/u.test(text)) return parseText(text, bounds);
  throw new GoliathError("bad-request", `${bounds.what} has control characters`);
}
