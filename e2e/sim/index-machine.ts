/** The machine of the index: a store that survives, and a process over it that need not. */
import {
  openIndexServer,
  openStoreIndexEngine,
  type IndexEngine,
  type IndexServer,
  type IndexServerInit,
  type IndexStore,
} from "@goliath/index";
import { identityFromSeed, type Identity } from "@goliath/net";
import type { DriveId, Role } from "@goliath/protocols/nouns";
import { signCertificate } from "@goliath/protocols/pass";
import type { DriveRecord } from "./drive-record.ts";
import { createMemoryDisk, createSqliteDisk, type IndexDisk } from "./index-disk.ts";
import type { Program } from "./program.ts";
import type { Site } from "./site.ts";
import { traceLog } from "./trace-log.ts";

/** The smallest there may be, so that small files have many chunks. */
export const CHUNK_BYTES = 4096;
/** Leases end within a run, unless they are renewed. */
const LEASE_MS = 60_000;
const INVITE_MS = 24 * 3_600_000;

export interface IndexMachineInit {
  site: Site;
  record: DriveRecord;
  /** Whether its state lies in a SQLite file, and not in memory. */
  isSqlite: boolean;
  /** What it is told about copies. */
  copies: NonNullable<IndexServerInit["copies"]>;
}

export class IndexMachine implements Disposable {
  readonly identity: Identity = identityOf("index");
  readonly #site: Site;
  readonly #record: DriveRecord;
  readonly #copies: IndexMachineInit["copies"];
  readonly #drive: Identity = identityOf("drive");
  readonly #first: IndexDisk;
  #disk: IndexDisk;
  #backup: { disk: IndexDisk; revision: number } | undefined;
  #process: Program | undefined;
  /** The highest that was ever begun: the home of an index knows it, whatever backup is put back. */
  #generation = 0;
  /** Whether the store is one that was put back and not opened since. */
  #isRestored = false;
  #engine: IndexEngine | undefined;
  #server: IndexServer | undefined;

  constructor({ site, record, isSqlite, copies }: IndexMachineInit) {
    this.#site = site;
    this.#copies = copies;
    this.#record = record;
    const init = { drive: this.drive, chunkBytes: CHUNK_BYTES };
    this.#first = isSqlite ? createSqliteDisk(init) : createMemoryDisk(init);
    this.#disk = this.#first;
  }

  get drive(): DriveId {
    return this.#drive.peerId as string as DriveId;
  }

  get process(): Program | undefined {
    return this.#process?.alive ? this.#process : undefined;
  }

  /** The engine as the checkers see it, or undefined while the index is away. */
  get engine(): IndexEngine | undefined {
    return this.process && this.#engine;
  }

  get server(): IndexServer | undefined {
    return this.process && this.#server;
  }

  async start(): Promise<void> {
    const { network, random, trace } = this.#site;
    const process = this.#site.process("index");
    const joined = network.join(this.identity);
    process.onKill(() => network.crash(this.identity.peerId));
    this.#process = process;
    const store = new KillableStore(await this.#disk.open(), process);
    const engine = await this.#openEngine(store);
    await this.#record.settle(engine);
    const certificate = signCertificate(
      {
        drive: this.drive,
        index: this.identity.peerId,
        generation: 1,
      },
      this.#drive.key,
    );
    const draws = random.fork(`index-${trace.count}`);
    this.#engine = this.#record.watch(engine);
    this.#server = await openIndexServer({
      network: process.network(joined),
      engine: this.#engine,
      clock: process.clock,
      indexKey: this.identity.key,
      certificate,
      random: draws.next,
      randomBytes: draws.bytes,
      copies: this.#copies,
      log: traceLog("index", this.#site),
    });
    trace.note("index", "started");
  }

  /** A restored store begins a generation that none before it had, as `goliath index restore` does. */
  async #openEngine(store: IndexStore): Promise<IndexEngine> {
    const { clock } = this.#site;
    for (;;) {
      const restored = this.#isRestored;
      const engine = await openStoreIndexEngine({ store, clock, leaseMs: LEASE_MS, restored });
      const { generation } = await engine.drive();
      if (restored && generation <= this.#generation) continue;
      this.#generation = generation;
      this.#isRestored = false;
      return engine;
    }
  }

  kill(): void {
    this.#process?.kill();
  }

  /** Copies the store as it is on the disk now. */
  async backUp(): Promise<void> {
    const { revision } = this.#record;
    this.#backup = { disk: await this.#disk.copy(), revision };
    this.#site.trace.note("index", `backed up at revision ${revision}`);
  }

  /** Puts the last backup back: what was committed since is lost, and a new generation begins. */
  async restore(): Promise<void> {
    if (!this.#backup) return;
    this.kill();
    const { disk, revision } = this.#backup;
    this.#disk = await disk.copy();
    this.#record.rewind(revision);
    this.#site.trace.note("index", `restored to revision ${revision}`);
    this.#isRestored = true;
    await this.start();
  }

  /** A link that lets one peer in, or undefined when the index is away or dies meanwhile. */
  async invite(role: Role): Promise<string | undefined> {
    const { process, server } = this;
    if (!process || !server) return undefined;
    const invited = await process.outlive(server.invite({ role, expiresInMs: INVITE_MS, uses: 1 }));
    return invited?.link;
  }

  /** Leaves no file behind. */
  [Symbol.dispose](): void {
    this.#first[Symbol.dispose]();
  }
}

/** The store as a process uses it: a transaction may be its last, before or after it is on disk. */
class KillableStore implements IndexStore {
  readonly #store: IndexStore;
  readonly #process: Program;

  constructor(store: IndexStore, process: Program) {
    this.#store = store;
    this.#process = process;
  }

  read: IndexStore["read"] = (job) =>
    this.#process.instantly("store read", () => this.#store.read(job));

  write: IndexStore["write"] = (jobs) =>
    this.#process.effect(`store write ${jobs.length}`, () => this.#store.write(jobs));

  /** The disk stays. */
  async [Symbol.asyncDispose](): Promise<void> {}
}

export function identityOf(name: string): Identity {
  return identityFromSeed(Buffer.from(name.padEnd(32, "-").slice(0, 32)));
}
