/** Policies: how many copies a path's bytes have, where, and how long its past is kept. */
import { GoliathError } from "./error.ts";
import { parseLabels } from "./label.ts";

/** Most copies a policy may ask for: more keepers than that serve a drive better as mirrors. */
export const COPIES_MAX = 32;
/** The past is kept an hour at least, so that no read under way ends in `gone`. In milliseconds. */
export const RETENTION_MS_MIN = 3_600_000;
/** A hundred years, in milliseconds: for ever, in a number that sums stay exact with. */
export const RETENTION_MS_MAX = 100 * 365 * 24 * 3_600_000;

/** What holds at a path once every field was inherited. */
export interface EffectivePolicy {
  /** How many keepers are to hold each chunk; 0 asks for none. */
  copies: number;
  /** How long past revisions can be read, in milliseconds of the index's running time. */
  retentionMs: number;
  /** Labels of keepers to take first, and to leave out: `region=eu`. */
  prefer: string[];
  avoid: string[];
}

export type PolicyField = keyof EffectivePolicy;

/** What is set at one path; each field left out is inherited from the nearest name above. */
export type Policy = Partial<EffectivePolicy>;

/** Sets fields of a path's policy: what is left out stays as it is, null is inherited again. */
export type PolicyChange = { [Field in PolicyField]?: EffectivePolicy[Field] | null };

/** What holds where nothing is set, up to the root. */
export const DEFAULT_POLICY: EffectivePolicy = {
  copies: 1,
  retentionMs: 30 * 24 * 3_600_000,
  prefer: [],
  avoid: [],
};

/** Throws `bad-request` when a field is out of its bounds. */
export function checkPolicy(policy: PolicyChange): void {
  const { copies, retentionMs, prefer, avoid } = policy;
  checkInteger(copies, { what: "copies", min: 0, max: COPIES_MAX });
  checkInteger(retentionMs, {
    what: "a retention in milliseconds",
    min: RETENTION_MS_MIN,
    max: RETENTION_MS_MAX,
  });
  for (const labels of [prefer, avoid]) parseLabels(labels ?? []);
}

function checkInteger(
  value: number | null | undefined,
  { what, min, max }: { what: string; min: number; max: number },
): void {
  if (value === undefined || value === null) return;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new GoliathError("bad-request", `${what} is not an integer from ${min} to ${max}`);
}
