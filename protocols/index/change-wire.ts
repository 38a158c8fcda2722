/** Changes as messages. */
import { fileBodyWire, fileBytesMax } from "../entry/entry-wire.ts";
import {
  GoliathError,
  parsePath,
  parseRevision,
  type Change,
  type DrivePath,
  type FileBody,
  type PolicyChange,
  type Precondition,
  type Revision,
} from "../nouns/exports.ts";
import { required, type WireForm } from "../wire/fields.ts";
import type { Change as WireChange } from "./generated/index.js";
import { policyBytesMax, policyChangeWire } from "./policy-wire.ts";

/** The numbers of the operations. Append-only: never renumber. */
const OPS = {
  put: 1,
  mkdir: 2,
  remove: 3,
  move: 4,
  copy: 5,
  claim: 6,
  unclaim: 7,
  policy: 8,
} as const;
/** Most bytes of a change but for its texts and its file. */
const CHANGE_BYTES_MAX = 48;

export const changeWire: WireForm<Change, WireChange> = {
  toWire(change) {
    const wire: WireChange = { op: OPS[change.op], path: change.path, whenAbsent: false };
    const { when } = change;
    if (when && "absent" in when) wire.whenAbsent = true;
    else if (when) wire.whenRevision = parseRevision(when.revision);
    if (change.op === "put") wire.file = fileBodyWire.toWire(change.file);
    else if (change.op === "policy") wire.policy = policyChangeWire.toWire(change.policy);
    else if (change.op === "move") wire.other = change.to;
    else if (change.op === "copy") {
      wire.other = change.from;
      if (change.at !== undefined) wire.at = parseRevision(change.at);
    }
    return wire;
  },
  fromWire(wire) {
    const change = operationFromWire(wire, parsePath(wire.path));
    const when = preconditionFromWire(wire);
    if (when) change.when = when;
    return change;
  },
};

/** An upper bound of the bytes a change takes in a message. */
export function changeBytesMax(change: Change): number {
  // A UTF-16 unit is at most three bytes of UTF-8.
  const bytes = CHANGE_BYTES_MAX + 3 * change.path.length;
  if (change.op === "put") return bytes + fileBytesMax(change.file);
  if (change.op === "policy") return bytes + policyBytesMax(change.policy);
  if (change.op === "move") return bytes + 3 * change.to.length;
  if (change.op === "copy") return bytes + 3 * change.from.length;
  return bytes;
}

function operationFromWire(wire: WireChange, path: DrivePath): Change {
  switch (wire.op) {
    case OPS.put:
      return { op: "put", path, file: fileFromWire(wire) };
    case OPS.mkdir:
      return { op: "mkdir", path };
    case OPS.remove:
      return { op: "remove", path };
    case OPS.move:
      return { op: "move", path, to: otherFromWire(wire) };
    case OPS.copy:
      return { op: "copy", path, from: otherFromWire(wire), ...atFromWire(wire) };
    case OPS.claim:
      return { op: "claim", path };
    case OPS.unclaim:
      return { op: "unclaim", path };
    case OPS.policy:
      return { op: "policy", path, policy: policyFromWire(wire) };
    default:
      throw new GoliathError("unsupported", "a change that this version does not know");
  }
}

const fileFromWire = ({ file }: WireChange): FileBody =>
  fileBodyWire.fromWire(required(file, "file"));

const policyFromWire = ({ policy }: WireChange): PolicyChange =>
  policyChangeWire.fromWire(required(policy, "policy"));

const otherFromWire = ({ other }: WireChange): DrivePath => parsePath(required(other, "path"));

const atFromWire = ({ at }: WireChange): { at?: Revision } =>
  at === undefined ? {} : { at: parseRevision(at) };

function preconditionFromWire(wire: WireChange): Precondition | undefined {
  const { whenAbsent, whenRevision } = wire;
  if (whenRevision === undefined) return whenAbsent ? { absent: true } : undefined;
  if (!whenAbsent) return { revision: parseRevision(whenRevision) };
  throw new GoliathError("bad-request", "a change with two preconditions");
}
