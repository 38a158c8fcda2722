/** Policies as messages. */
import {
  checkPolicy,
  GoliathError,
  type Policy,
  type PolicyChange,
  type PolicyField,
} from "../nouns/exports.ts";
import type { WireForm } from "../wire/fields.ts";
import type { Policy as WirePolicy } from "./generated/index.js";

/** The numbers of the fields, in `inherit` as in the message. Append-only. */
const FIELDS: readonly PolicyField[] = ["copies", "retentionMs", "prefer", "avoid"];
/** Most bytes of a policy but for its labels. */
const POLICY_BYTES_MAX = 48;
/** Bytes of a label's tag and length. */
const LABEL_HEAD_BYTES = 2;

export const policyChangeWire: WireForm<PolicyChange, WirePolicy> = {
  toWire(policy) {
    checkPolicy(policy);
    const inherit = FIELDS.flatMap((field, index) => (policy[field] === null ? [index + 1] : []));
    return { ...setToWire(policy), inherit };
  },
  fromWire(wire) {
    const policy: PolicyChange = setFromWire(wire);
    for (const number of wire.inherit) {
      const field = FIELDS[number - 1];
      if (field === undefined || (policy[field] !== undefined && policy[field] !== null)) {
        throw new GoliathError("bad-request", "a policy's field is inherited that cannot be");
      }
      policy[field] = null;
    }
    checkPolicy(policy);
    return policy;
  },
};

/** An upper bound of the bytes a policy takes in a message. */
export function policyBytesMax({ prefer, avoid }: PolicyChange): number {
  let bytes = POLICY_BYTES_MAX;
  for (const label of [...(prefer ?? []), ...(avoid ?? [])]) {
    bytes += LABEL_HEAD_BYTES + label.length;
  }
  return bytes;
}

function setToWire({ copies, retentionMs, prefer, avoid }: PolicyChange): Partial<WirePolicy> {
  return {
    ...(typeof copies === "number" && { copies }),
    ...(typeof retentionMs === "number" && { retentionMs }),
    ...(prefer && { prefer: { labels: prefer } }),
    ...(avoid && { avoid: { labels: avoid } }),
  };
}

function setFromWire({ copies, retentionMs, prefer, avoid }: WirePolicy): Policy {
  return {
    ...(copies !== undefined && { copies }),
    ...(retentionMs !== undefined && { retentionMs }),
    ...(prefer && { prefer: prefer.labels }),
    ...(avoid && { avoid: avoid.labels }),
  };
}
