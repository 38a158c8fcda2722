/**
 * Random writes of one peer into a directory of its own, with a model of what must stand there. A
 * write whose answer was lost is in doubt: what it was is found out behind a later commit of the
 * same peer, after which the earlier one can no longer happen.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { callControl, controlSocketPath } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import type { Daemon } from "./daemon.ts";
import type { SeededChoices } from "./seeded-choices.ts";
import { bytesOf, keyOf, versionOf } from "./versioned-file.ts";

const FILES_MAX = 40;
const SMALL_BYTES_MAX = 20_000;
const LARGE_BYTES_MAX = 3 * 1024 * 1024;
const LARGE_ONE_IN = 10;
/** A call that has no answer after this long hangs. */
const CALL_TIMEOUT_MS = 120_000;
const RETRY_MS = 250;

/** Errors after which a write may have happened. All others say that it did not. */
const IN_DOUBT = new Set([
  "closed",
  "unavailable",
  "timeout",
  "aborted",
  "internal",
  "busy",
  // Did not happen, because keepers went away on the way: as good as a doubt.
  "unverified",
]);

export interface WriterLoadInit {
  peer: Daemon;
  /** The directory in the drive. */
  path: string;
  random: SeededChoices;
  signal: AbortSignal;
  /** Keepers that are to have each write, and that must. */
  wish?: { copies: number; minCopies: number };
}

type Files = Map<string, string>;

interface Doubt {
  /** The names it touches, and what stands there if it happened. */
  after: Files;
  names: string[];
}

export class WriterLoad {
  readonly files: Files = new Map();
  /** Acknowledged writes, and writes whose answer was lost. */
  readonly counts = { done: 0, doubted: 0, happened: 0 };
  readonly #init: WriterLoadInit;
  #journal = { sure: [] as number[], maybe: [] as number[] };
  #versions = 0;
  #doubt: Doubt | undefined;
  #fenced = false;
  #reader: Daemon;

  constructor(init: WriterLoadInit) {
    this.#init = init;
    this.#reader = init.peer;
  }

  get path(): string {
    return this.#init.path;
  }

  async open(): Promise<void> {
    await this.#again(() => this.#call("mkdir", { path: this.#init.path }));
  }

  async step(): Promise<void> {
    await this.settle();
    const { random } = this.#init;
    const dice = random.below(100);
    const names = [...this.files.keys()];
    if (names.length === 0 || (dice < 40 && names.length < FILES_MAX)) {
      return this.#put(`file-${++this.#versions}`);
    }
    if (dice < 55) return this.#put(random.pick(names));
    if (dice < 70) return this.#move(random.pick(names));
    if (dice < 80) return this.#remove(random.pick(names));
    if (dice < 92) return this.#append();
    return this.#read(random.pick(names));
  }

  /** Finds out what became of the last write, and compares all that stands in the directory. */
  async check(): Promise<void> {
    await this.#settle();
    await this.compare();
  }

  /** Finds out what became of the last write. */
  async settle(): Promise<void> {
    if (this.#doubt) await this.#settle();
  }

  /** Compares all that stands in the directory, as this peer or another one reads it. */
  async compare(reader = this.#init.peer): Promise<void> {
    this.#reader = reader;
    const found = await this.#again(() => this.#list());
    const expected = [
      ...this.files.keys(),
      ...(this.#fenced ? ["fence"] : []),
      ...(found.includes("journal") ? ["journal"] : []),
    ];
    if (found.toSorted().join() !== expected.toSorted().join())
      throw new Error(`${this.#init.path} holds ${found.join()} instead of ${expected.join()}`);
    for (const [name, wanted] of this.files) {
      const version = versionOf(await this.#again(() => this.#bytes(name)));
      if (keyOf(version) !== wanted)
        throw new Error(`${this.#init.path}/${name} is ${keyOf(version)} instead of ${wanted}`);
    }
    await this.#checkJournal();
  }

  async #checkJournal(): Promise<void> {
    const { sure, maybe } = this.#journal;
    if (sure.length + maybe.length === 0) return;
    const text = (await this.#again(() => this.#bytes("journal"))).toString();
    const lines = text.trimEnd().split("\n").filter(Boolean).map(Number);
    const isOnce = new Set(lines).size === lines.length;
    const isOrdered = lines.every((line, i) => i === 0 || line > (lines[i - 1] ?? 0));
    const missing = sure.filter((line) => !lines.includes(line));
    const foreign = lines.filter((line) => !sure.includes(line) && !maybe.includes(line));
    if (!isOnce || !isOrdered || missing.length + foreign.length > 0)
      throw new Error(
        `${this.#init.path}/journal: ${JSON.stringify({ isOnce, isOrdered, missing, foreign })}`,
      );
  }

  #put(name: string): Promise<void> {
    const { random } = this.#init;
    const max = random.below(LARGE_ONE_IN) === 0 ? LARGE_BYTES_MAX : SMALL_BYTES_MAX;
    const version = {
      name: `${this.#init.path}/${name}`,
      version: ++this.#versions,
      size: random.below(max),
    };
    const bytes = bytesOf(version);
    const after = new Map(this.files).set(name, keyOf(versionOf(bytes)));
    return this.#write({ after, names: [name] }, () =>
      this.#call("put", { path: this.#path(name), stdin: true, ...this.#init.wish }, bytes),
    );
  }

  #move(name: string): Promise<void> {
    const to = `moved-${++this.#versions}`;
    const after = new Map(this.files).set(to, this.files.get(name) ?? "");
    after.delete(name);
    return this.#write({ after, names: [name, to] }, () =>
      this.#call("mv", { from: this.#path(name), to: this.#path(to) }),
    );
  }

  #remove(name: string): Promise<void> {
    const after = new Map(this.files);
    after.delete(name);
    return this.#write({ after, names: [name] }, () =>
      this.#call("rm", { path: this.#path(name), recursive: false }),
    );
  }

  async #append(): Promise<void> {
    const line = ++this.#versions;
    const bytes = Buffer.from(`${line}\n`);
    try {
      await this.#call("append", { path: this.#path("journal"), ...this.#init.wish }, bytes);
      this.#journal.sure.push(line);
      this.counts.done++;
    } catch (thrown) {
      this.#mustBeDoubt(thrown);
      this.#journal.maybe.push(line);
      this.#doubt = { after: this.files, names: [] };
    }
  }

  async #read(name: string): Promise<void> {
    const bytes = await this.#bytes(name).catch((thrown: unknown) => {
      const error = GoliathError.from(thrown);
      if (IN_DOUBT.has(error.code) || error.code === "no-holder") return undefined;
      throw error;
    });
    if (bytes && keyOf(versionOf(bytes)) !== this.files.get(name))
      throw new Error(`${name} reads as ${keyOf(versionOf(bytes))}, not ${this.files.get(name)}`);
  }

  async #write(doubt: Doubt, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.counts.done++;
      this.#become(doubt.after);
    } catch (thrown) {
      this.#mustBeDoubt(thrown);
      this.#doubt = doubt;
    }
  }

  #mustBeDoubt(thrown: unknown): void {
    const error = GoliathError.from(thrown);
    if (!IN_DOUBT.has(error.code)) throw error;
    this.counts.doubted++;
  }

  /** A commit that comes after the doubtful one; then what stands there says what it was. */
  async #settle(): Promise<void> {
    const fence = bytesOf({ name: "fence", version: ++this.#versions, size: 0 });
    const put = { path: this.#path("fence"), stdin: true, ...this.#init.wish };
    await this.#again(() => this.#call("put", put, fence));
    this.#fenced = true;
    const doubt = this.#doubt;
    this.#doubt = undefined;
    if (!doubt || doubt.names.length === 0) return;
    const found: Files = new Map(this.files);
    for (const name of doubt.names) {
      const key = await this.#again(() => this.#keyAt(name));
      if (key === undefined) found.delete(name);
      else found.set(name, key);
    }
    const isSame = (files: Files): boolean =>
      doubt.names.every((name) => files.get(name) === found.get(name));
    if (!isSame(this.files) && !isSame(doubt.after)) {
      const show = (files: Files): string =>
        JSON.stringify(doubt.names.map((name) => [name, files.get(name)]));
      throw new Error(`neither ${show(this.files)} nor ${show(doubt.after)}: ${show(found)}`);
    }
    if (!isSame(doubt.after)) return;
    this.counts.happened++;
    this.#become(doubt.after);
  }

  #become(after: Files): void {
    this.files.clear();
    for (const [name, key] of after) this.files.set(name, key);
  }

  async #keyAt(name: string): Promise<string | undefined> {
    const { entry } = await this.#call<{ entry: object | null }>("resolve", {
      path: this.#path(name),
    });
    return entry ? keyOf(versionOf(await this.#bytes(name))) : undefined;
  }

  async #list(): Promise<string[]> {
    const names: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await this.#reader.call<{ entries: { name: string }[]; next?: string }>("ls", {
        path: this.#init.path,
        ...(after === undefined ? {} : { after }),
      });
      names.push(...page.entries.map(({ name }) => name));
      after = page.next;
      if (after === undefined) return names;
    }
  }

  #bytes(name: string): Promise<Buffer> {
    return this.#reader.bytes("cat", { path: this.#path(name) });
  }

  #call<Result>(method: string, params: object, body?: Uint8Array): Promise<Result> {
    const { peer } = this.#init;
    const signal = AbortSignal.timeout(CALL_TIMEOUT_MS);
    return callControl<Result>(controlSocketPath(peer.home, "peer"), method, params, {
      signal,
      ...(body && { body: asBody(body) }),
    });
  }

  /** Until it succeeds: the peer, the index or the holder is killed or cut off now and then. */
  async #again<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await work();
      } catch (thrown) {
        const error = GoliathError.from(thrown);
        if (!IN_DOUBT.has(error.code) && error.retry !== "later") throw error;
        await sleep(RETRY_MS, undefined, { signal: this.#init.signal });
      }
    }
  }

  #path(name: string): string {
    return `${this.#init.path}/${name}`;
  }
}

async function* asBody(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
