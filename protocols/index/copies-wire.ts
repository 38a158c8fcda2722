/** Messages about copies: place, policies, copies. */
import {
  checkPolicy,
  GoliathError,
  parsePath,
  parsePeerId,
  type DrivePath,
  type PolicyField,
} from "../nouns/exports.ts";
import { countRuns, decodeRuns, encodeRuns } from "../wire/runs.ts";
import { parseCount, type WireForm } from "../wire/fields.ts";
import type * as wire from "./generated/index.js";
import {
  AVOID_MAX,
  PLACE_CHUNKS_MAX,
  RESOLVE_PATHS_MAX,
  type CopiesReport,
  type PathPolicy,
  type PlaceRequest,
} from "./service.ts";

export const placeRequest: WireForm<PlaceRequest, wire.PlaceRequest> = {
  toWire({ runs, bytes, copies, path, avoid = [] }) {
    if (countRuns(runs) > PLACE_CHUNKS_MAX) throw tooMany(`${PLACE_CHUNKS_MAX} chunks`);
    if (avoid.length > AVOID_MAX) throw tooMany(`${AVOID_MAX} keepers to avoid`);
    return { runs: encodeRuns(runs), bytes, copies: parseCopies(copies), path, avoid };
  },
  fromWire(message) {
    const runs = decodeRuns(message.runs, PLACE_CHUNKS_MAX);
    if (countRuns(runs) > PLACE_CHUNKS_MAX) throw tooMany(`${PLACE_CHUNKS_MAX} chunks`);
    return {
      runs,
      bytes: parseCount(message.bytes, { what: "the bytes to place" }),
      copies: parseCopies(message.copies),
      path: parsePath(message.path),
      avoid: message.avoid.map(parsePeerId),
    };
  },
};

export const policiesRequest: WireForm<{ paths: DrivePath[] }, wire.PoliciesRequest> = {
  toWire({ paths }) {
    if (paths.length > RESOLVE_PATHS_MAX) throw tooMany(`${RESOLVE_PATHS_MAX} paths`);
    return { paths };
  },
  fromWire: ({ paths }) => ({ paths: paths.map(parsePath) }),
};

export const policiesReply: WireForm<PathPolicy[], wire.PoliciesReply> = {
  toWire: (policies) => ({ slots: policies.map(policyToWire) }),
  fromWire: ({ slots }) => slots.map(policyFromWire),
};

export const copiesReply: WireForm<CopiesReport, wire.CopiesReply> = {
  toWire: (report) => report,
  fromWire: ({ counted, ...counts }) => {
    for (const [what, count] of Object.entries(counts)) parseCount(count, { what });
    return { counted, ...counts };
  },
};

/** As many keepers must have each new chunk of a commit; none when 0 or absent. */
export function parseCopies(copies: number): number {
  checkPolicy({ copies });
  return copies;
}

function policyToWire({ from, ...policy }: PathPolicy): wire.PathPolicy {
  const { copies, retentionMs, prefer, avoid } = from;
  return {
    ...policy,
    ...(copies !== undefined && { copiesFrom: copies }),
    ...(retentionMs !== undefined && { retentionFrom: retentionMs }),
    ...(prefer !== undefined && { preferFrom: prefer }),
    ...(avoid !== undefined && { avoidFrom: avoid }),
  };
}

function policyFromWire(message: wire.PathPolicy): PathPolicy {
  const { copies, retentionMs, prefer, avoid } = message;
  checkPolicy({ copies, retentionMs, prefer, avoid });
  const named: [PolicyField, string | undefined][] = [
    ["copies", message.copiesFrom],
    ["retentionMs", message.retentionFrom],
    ["prefer", message.preferFrom],
    ["avoid", message.avoidFrom],
  ];
  const from: PathPolicy["from"] = {};
  for (const [field, path] of named) if (path !== undefined) from[field] = parsePath(path);
  return { copies, retentionMs, prefer, avoid, from };
}

const tooMany = (bound: string): GoliathError =>
  new GoliathError("too-large", `more than ${bound} in one request`);
