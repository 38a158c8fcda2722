/** Control methods about copies: how many a path has and is to have, and a keeper that leaves. */
import type { ControlCall, ControlMethod, ControlParams } from "@goliath/kit";
import type { PeerInfo } from "@goliath/protocols/index";
import {
  checkPolicy,
  GoliathError,
  parseLabels,
  type PolicyChange,
} from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { countCopies } from "./count-copies.ts";
import { healthMethod } from "./health-method.ts";
import type { DrainProgress } from "./peer-control.ts";
import { lastOnly, pathParam } from "./read-methods.ts";
import { standingMethod } from "./standing-method.ts";

/** How often it is asked how far a keeper is drained. */
const DRAIN_LOOK_MS = 1_000;

export function copiesMethods(peer: Peer): Record<string, ControlMethod> {
  const { session, writer } = peer;
  return {
    copies: async (params, { signal }) => {
      const path = pathParam(params);
      const [policy] = await session.service.policies({ paths: [path] }, { signal });
      if (!policy) throw new GoliathError("internal", "the index told no policy");
      return { ...(await countCopies(peer, { path, signal })), policy };
    },
    standing: standingMethod(peer),
    health: healthMethod(peer),
    setCopies: async (params, { signal }) => {
      const path = pathParam(params);
      const { revision } = await writer.setPolicy({ path, policy: policyParam(params), signal });
      return { revision };
    },
    drain: async (params, call) => {
      const draining = !params.flag("undo");
      peer.setDraining(draining);
      return draining ? drained(peer, call) : { draining, needed: 0 };
    },
  };
}

/** The same four fields as the policy's; cleared ones are inherited again. */
function policyParam(params: ControlParams): PolicyChange {
  if (params.flag("clear")) {
    return { copies: null, retentionMs: null, prefer: null, avoid: null };
  }
  const policy: PolicyChange = {};
  const copies = params.optionalInteger("copies");
  const retentionMs = params.optionalInteger("retentionMs");
  const [prefer, avoid] = [labelsParam(params, "prefer"), labelsParam(params, "avoid")];
  if (copies !== undefined) policy.copies = copies;
  if (retentionMs !== undefined) policy.retentionMs = retentionMs;
  if (prefer) policy.prefer = prefer;
  if (avoid) policy.avoid = avoid;
  if (Object.keys(policy).length === 0) {
    throw new GoliathError("bad-request", "nothing was said to set");
  }
  checkPolicy(policy);
  return policy;
}

/** Labels have no spaces: that is what parts them. */
function labelsParam(params: ControlParams, name: string): string[] | undefined {
  const text = params.optionalString(name);
  return text === undefined ? undefined : parseLabels(text.split(" ").filter((one) => one !== ""));
}

/** Resolves once the drive has all of it without this keeper. Ending it ends the waiting alone. */
async function drained(
  { session, clock, peerId }: Peer,
  { signal, progress }: ControlCall,
): Promise<{ draining: boolean; needed: number }> {
  const tell = lastOnly<DrainProgress>(progress);
  for (;;) {
    const all = await session.service.peers({ signal });
    const keeper = all.find((one: PeerInfo) => one.peer === peerId)?.keeper;
    // What the index says of a keeper that it does not know to be leaving says nothing.
    if (keeper?.draining) {
      const { kept, needed } = keeper;
      if (needed === 0) return { draining: true, needed };
      tell({ needed, kept });
    }
    await clock.sleep(DRAIN_LOOK_MS, signal);
  }
}
