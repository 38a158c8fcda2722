/** One client under load: does random things at the index and writes down what it was told. */
import {
  hasCode,
  parsePath,
  rootOf,
  type Change,
  type FileBody,
  type Revision,
} from "@goliath/protocols/nouns";
import type { IndexClient } from "@goliath/protocols/index";
import type { SteadyMember } from "../../world/steady-member.ts";
import { between, oneOf, type Random } from "../../world/seeded.ts";
import type { Operation, Put, Result } from "./operation.ts";

const NAMES = Array.from({ length: 12 }, (_, i) => `name-${i}`);
/** The directory all of it is in. */
export const FOLDER = "/history";
const PUTS_MAX = 3;
/** Of the cut commits this part is sent again. */
const RETRIED = 0.6;
/** What a call ends with whose answer never came. */
const CUT = ["closed", "unavailable", "timeout", "aborted"] as const;

export interface RecordingInit {
  member: SteadyMember;
  random: Random;
  signal: AbortSignal;
  record: (operation: Operation) => void;
  /** Never gives a number twice. */
  unique: () => number;
}

interface Seen {
  revision: number;
  /** The revision of each name that stands. */
  since: Map<string, number>;
}

/** An empty file that its time tells from all others. */
function fileOf(value: number): FileBody {
  return {
    size: 0,
    mtimeMs: value,
    executable: false,
    extents: [],
    root: rootOf(new Uint8Array()),
  };
}

export class RecordingClient {
  readonly #init: RecordingInit;
  /** First and last of the ids leased. */
  readonly leased: [number, number][] = [];
  #seen: Seen = { revision: 0, since: new Map() };

  constructor(init: RecordingInit) {
    this.#init = init;
  }

  /** Writes and reads until the signal. */
  async run({ writes }: { writes: boolean }): Promise<void> {
    const { signal, random } = this.#init;
    while (!signal.aborted) {
      const dice = random();
      if (!writes || dice < 0.25) await this.#read();
      else if (dice < 0.3) await this.#lease();
      else await this.#write(dice);
    }
  }

  /** One last look at everything. */
  async look(): Promise<void> {
    await this.#read(false);
  }

  async #write(dice: number): Promise<void> {
    const { random, unique } = this.#init;
    const names = new Set(
      Array.from({ length: between(random, 1, PUTS_MAX) }, () => oneOf(random, NAMES)),
    );
    const isConditional = dice < 0.6;
    const puts = [...names].map((name): Put => {
      const when = this.#seen.since.get(name) ?? 0;
      return { name, value: unique(), ...(isConditional && { when }) };
    });
    await this.#commit(puts);
  }

  async #commit(puts: Put[]): Promise<void> {
    const { member, random, unique, record } = this.#init;
    const request = {
      number: unique(),
      digest: new Uint8Array(),
      changes: puts.map(changeOf),
      leases: [],
      locations: [],
    };
    const startedMs = performance.now();
    let sentMs: number | undefined;
    let result: Result = { kind: "unknown" };
    for (;;) {
      const client = await this.#connected();
      if (!client) break;
      sentMs = performance.now();
      result = await resultOf(async () => {
        const { revision } = await client.commit(request);
        return { kind: "committed", revision };
      });
      if (result.kind !== "unknown" || random() > RETRIED) break;
    }
    if (sentMs === undefined) return;
    const call = { kind: "commit" as const, puts };
    record({ client: member.name, call, result, startedMs, sentMs, endedMs: performance.now() });
  }

  async #read(mayBePast = true): Promise<void> {
    const { member, random, record } = this.#init;
    const client = await this.#connected();
    if (!client) return;
    const isPast = mayBePast && random() < 0.3 && this.#seen.revision > 1;
    const at = isPast ? between(random, 1, this.#seen.revision) : undefined;
    const startedMs = performance.now();
    const result = await resultOf(() => this.#look(client, at));
    if (result.kind !== "read") return;
    const call = { kind: "read" as const, ...(at !== undefined && { at }) };
    record({ client: member.name, call, result, startedMs, endedMs: performance.now() });
  }

  async #look(client: IndexClient, at: number | undefined): Promise<Result> {
    const when = at === undefined ? {} : { at: at as Revision };
    const isListed = this.#init.random() < 0.5;
    const values = new Map<string, number>();
    const since = new Map<string, number>();
    const { revision, entries } = isListed
      ? await client.list({ where: { path: parsePath(FOLDER) }, ...when })
      : await resolved(client, when);
    for (const { name, entry } of entries) {
      if (entry?.kind !== "file") continue;
      values.set(name, entry.mtimeMs);
      since.set(name, entry.revision);
    }
    if (at === undefined && revision >= this.#seen.revision) this.#seen = { revision, since };
    return { kind: "read", revision, values };
  }

  /** Undefined once all is over. */
  async #connected(): Promise<IndexClient | undefined> {
    const { member, signal } = this.#init;
    try {
      return await member.connected(signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  async #lease(): Promise<void> {
    const { random } = this.#init;
    const client = await this.#connected();
    const count = between(random, 1, 100);
    const lease = await client?.allocate({ count }).catch(() => undefined);
    if (lease) this.leased.push([lease.first, lease.first + lease.count - 1]);
  }
}

async function resolved(client: IndexClient, when: { at?: Revision }) {
  const paths = NAMES.map((name) => parsePath(`${FOLDER}/${name}`));
  const { revision, entries } = await client.resolve({ paths, ...when });
  return { revision, entries: NAMES.map((name, i) => ({ name, entry: entries[i] })) };
}

function changeOf({ name, value, when }: Put): Change {
  const condition =
    when === undefined
      ? {}
      : { when: when === 0 ? { absent: true as const } : { revision: when as Revision } };
  return { op: "put", path: parsePath(`${FOLDER}/${name}`), file: fileOf(value), ...condition };
}

async function resultOf(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (hasCode(error, "exists", "conflict")) return { kind: "refused" };
    if (hasCode(error, ...CUT)) return { kind: "unknown" };
    throw error;
  }
}
