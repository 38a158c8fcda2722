/** The policies of names within a commit under way. */
import type { Policy, PolicyChange, PolicyField } from "@goliath/protocols/nouns";
import type { EntryKey, StoreReader } from "../store/index-store.ts";
import type { PolicyWrite } from "../store/upkeep-store.ts";

/** The policy of one name. */
interface PolicyCell extends EntryKey {
  before: Policy | undefined;
  now: Policy | undefined;
  /** Whether what it was the policy of left the name: then it ended, and was not just changed. */
  left: boolean;
}

export class DraftPolicies {
  readonly #reader: StoreReader;
  readonly #cells = new Map<string, PolicyCell>();

  constructor(reader: StoreReader) {
    this.#reader = reader;
  }

  async set(key: EntryKey, change: PolicyChange): Promise<void> {
    const cell = await this.#cell(key);
    cell.now = merged(cell.now, change);
  }

  /** Ends the policy of a name that is given up. Returns it. */
  async end(key: EntryKey): Promise<Policy | undefined> {
    const cell = await this.#cell(key);
    const { now } = cell;
    cell.now = undefined;
    cell.left ||= now !== undefined;
    return now;
  }

  /** What comes to a name brings its policy; without one it takes that of what it replaces. */
  async bring(key: EntryKey, policy: Policy | undefined): Promise<void> {
    if (!policy) return;
    await this.end(key);
    (await this.#cell(key)).now = policy;
  }

  /** What is to be written; `replaced` says whether what stood under a name becomes past. */
  writes(replaced: (key: EntryKey) => boolean): PolicyWrite[] {
    const writes: PolicyWrite[] = [];
    for (const { dir, name, before, now, left } of this.#cells.values()) {
      const ended = left && before !== undefined && replaced({ dir, name });
      if (!ended && samePolicy(before, now)) continue;
      writes.push({ dir, name, now, ended: ended ? before : undefined });
    }
    return writes;
  }

  async #cell({ dir, name }: EntryKey): Promise<PolicyCell> {
    const key = `${dir}/${name}`;
    let cell = this.#cells.get(key);
    if (!cell) {
      const [before] = await this.#reader.policies([{ dir, name }]);
      cell = { dir, name, before, now: before, left: false };
      this.#cells.set(key, cell);
    }
    return cell;
  }
}

const FIELDS: readonly PolicyField[] = ["copies", "retentionMs", "prefer", "avoid"];

/** The policy with the changed fields; undefined when none is set. */
function merged(policy: Policy | undefined, change: PolicyChange): Policy | undefined {
  const all = Object.entries({ ...policy, ...change });
  const set = all.filter(([, value]) => value !== null && value !== undefined);
  return set.length > 0 ? (Object.fromEntries(set) as Policy) : undefined;
}

function samePolicy(a: Policy | undefined, b: Policy | undefined): boolean {
  return FIELDS.every((field) => String(a?.[field]) === String(b?.[field]));
}
