/**
 * Promise 4, where keepers come and go: what had the copies it was to have is not lost while fewer
 * keepers were lost within the time of a repair than it had copies; nothing that a kept revision
 * uses is given up; copies come to their number; what nothing uses goes; and no keeper takes more
 * than it pledged.
 */
import { GoliathError, RETENTION_MS_MIN } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, FileBody } from "@goliath/protocols/nouns";
import type { ModelTree } from "@goliath/index/testing";
import { PromiseBroken } from "../failure.ts";
import { isAmple } from "../keeper-machines.ts";
import type { PeerMachine } from "../peer-machine.ts";
import { sleepOver, type World } from "../world.ts";
import { CopyTally } from "./copy-tally.ts";

/**
 * Milliseconds in which a lost copy is made anew, faults and all: the grace, the time until a start
 * of the index has heard of every keeper, some faults of forty seconds on top of each other.
 */
const REPAIR_MS = 240_000;
/** Milliseconds by which the index may end the past before the record does: a commit's answer. */
const PAST_SLACK_MS = 60_000;
/** Milliseconds after which the past has ended, with what a crash loses of the running time. */
const PAST_ENDS_MS = RETENTION_MS_MIN + 12 * 60_000;
/** Milliseconds that it may take after a start until copies are right and nothing is kept needlessly. */
const PATIENCE_MS = 8 * 60_000;
/** How many seeds have all peers running while the past ends. */
const AWAKE = 0.1;
/** A removed directory goes one pass after its name, and what lay in it one pass later. */
const STARTS_MAX = 5;
const LOOK_MS = 10_000;
/** Milliseconds after which an order that was on its way when a copy was lost has been done. */
const ORDER_MS = 60_000;

export class CopyChecks {
  readonly repairMs = REPAIR_MS;
  readonly #world: World;
  readonly #tally: CopyTally;

  constructor(world: World) {
    this.#world = world;
    this.#tally = new CopyTally({ clock: world.site.clock, repairMs: REPAIR_MS });
    if (!world.profile.keeping) return;
    world.record.onCollected = (runs) => quietly(() => this.#collected(runs));
    for (const machine of world.peers) this.watch(machine);
  }

  /** A keeper that is there, or comes. */
  watch(machine: PeerMachine): void {
    machine.packs.onCall = () => quietly(() => this.#checkRoom(machine));
    if (machine.capacityBytes > 0)
      machine.packs.onDropped = (ids) => quietly(() => this.#dropped(machine, ids));
  }

  /** At any moment. */
  look(): void {
    if (!this.#world.profile.keeping) return;
    this.#tally.look({ wanted: this.#wanted(), keepers: this.#keepers() });
    for (const machine of this.#keepers()) this.#checkRoom(machine);
  }

  dies(machine: PeerMachine): void {
    this.look();
    this.#tally.loses(machine.packs.kept);
  }

  rots(machine: PeerMachine): void {
    this.look();
    this.#tally.rots(machine.packs.kept);
  }

  calm(): void {
    this.look();
  }

  /** With nothing broken any more, and time. */
  async comeTogether(): Promise<void> {
    const { site, record } = this.#world;
    this.#checkLost();
    // Now and then all stay: what nobody asked for happens to them then or never.
    if (this.#world.random.fork("past ends").chance(AWAKE)) await site.clock.sleep(PAST_ENDS_MS);
    else await sleepOver(this.#world, PAST_ENDS_MS);
    let open = await this.#settles();
    for (let starts = 1; open !== undefined; starts++) {
      if (starts === STARTS_MAX) site.verdict.fail(4, `it stays so: ${open}`);
      open = await this.#settles();
    }
    this.#checkLost();
    site.trace.note("world", `${idsOf(record.at()).size} chunks have their copies`);
  }

  /** A start of the index ends what is past at once, and derives all orders anew. */
  async #settles(): Promise<string | undefined> {
    const { index, site } = this.#world;
    index.kill();
    await index.start();
    const untilMs = site.clock.monotonicMs() + PATIENCE_MS;
    for (;;) {
      const open = await this.#open();
      if (open === undefined || site.clock.monotonicMs() > untilMs) return open;
      site.trace.note("world", `copies: ${open}`);
      await site.clock.sleep(LOOK_MS);
    }
  }

  #keepers(): PeerMachine[] {
    return this.#world.peers.filter(({ capacityBytes }) => capacityBytes > 0);
  }

  /** How many copies each chunk of the drive is to have now. */
  #wanted(): Map<ChunkId, number> {
    const { record } = this.#world;
    const wanted = new Map<ChunkId, number>();
    for (const [path, { body }] of record.at()) {
      if (!body) continue;
      const { copies } = record.policyAt(path);
      for (const id of idsIn(body)) wanted.set(id, Math.max(copies, wanted.get(id) ?? 0));
    }
    return wanted;
  }

  #collected(runs: readonly ChunkRun[]): void {
    const used = this.#usedWithin(RETENTION_MS_MIN - PAST_SLACK_MS);
    for (const run of runs)
      for (const id of idsIn({ extents: [run] }))
        if (used.has(id))
          this.#world.site.verdict.fail(4, `chunk ${id} is given up and a kept revision uses it`);
  }

  /** A copy goes only where enough others stay. */
  #dropped(machine: PeerMachine, ids: readonly ChunkId[]): void {
    const { verdict } = this.#world.site;
    // What was committed just now may be what it is for.
    this.look();
    for (const id of ids) {
      const lost = this.#tally.lostWithin(id, ORDER_MS) + this.#world.lies.forgetful;
      const needed = this.#tally.neededNow(id) - lost;
      if (needed <= 0) continue;
      const others = this.#keepers().filter(
        (other) => other !== machine && other.packs.kept.has(id),
      );
      if (others.length < needed)
        verdict.fail(
          4,
          `${machine.name} drops chunk ${id}, of ${needed} copies ${others.length} are left`,
        );
    }
  }

  #checkRoom({ name, capacityBytes, packs }: PeerMachine): void {
    const bytes = packs.bytes();
    if (capacityBytes > 0 && bytes > capacityBytes)
      this.#world.site.verdict.fail(7, `${name} takes ${bytes} bytes and pledged ${capacityBytes}`);
  }

  #usedWithin(ms: number): Set<ChunkId> {
    const used = new Set<ChunkId>();
    for (const tree of this.#world.record.within(ms)) for (const id of idsOf(tree)) used.add(id);
    return used;
  }

  /** What is not lost to more deaths than it had copies can be had. */
  #checkLost(): void {
    const { peers, site } = this.#world;
    for (const [path, { body }] of this.#world.record.at()) {
      if (!body) continue;
      for (const id of idsIn(body)) {
        if (peers.some(({ peer }) => peer?.chunks.has(id))) continue;
        const copies = this.#tally.guarded(id);
        // A keeper that lies is as good as one that died, at any time.
        const lost = this.#tally.worst(id) + this.#world.lies.keepers;
        if (lost < copies)
          site.verdict.fail(
            4,
            `chunk ${id} of ${path} had ${copies} copies and lost ${lost}: gone`,
          );
      }
    }
  }

  /** What is not as it should be yet. */
  async #open(): Promise<string | undefined> {
    return this.#openCopies() ?? (await this.#openGarbage()) ?? (await this.#openReport());
  }

  #openCopies(): string | undefined {
    const able = this.#keepers().filter(({ isDraining }) => !isDraining);
    const ample = able.filter(isAmple).length;
    for (const [id, copies] of this.#wanted()) {
      const have = able.filter(({ packs }) => packs.kept.has(id)).length;
      const isThere = this.#world.peers.some(({ peer }) => peer?.chunks.has(id));
      if (isThere && have < Math.min(copies, ample)) return `chunk ${id} has ${have} of ${copies}`;
      if (copies > 0 && have > copies) return `chunk ${id} has ${have}, more than ${copies}`;
    }
    return undefined;
  }

  async #openGarbage(): Promise<string | undefined> {
    const { index, peers } = this.#world;
    const leased = await index.engine?.leasedRuns();
    const used = this.#usedWithin(0);
    for (const id of idsIn({ extents: leased ?? [] })) used.add(id);
    for (const { name, packs } of peers)
      for (const id of packs.kept)
        if (!used.has(id)) return `${name} keeps chunk ${id} for nothing`;
    return this.#openDigests(used);
  }

  /** What nobody keeps leaves nothing behind either. */
  async #openDigests(used: ReadonlySet<ChunkId>): Promise<string | undefined> {
    const { engine } = this.#world.index;
    for (let first: ChunkId | undefined = 0 as ChunkId; engine && first !== undefined;) {
      const page: { runs: ChunkRun[]; next?: ChunkId } = await engine.committedRuns({ first });
      for (const id of idsIn({ extents: page.runs }))
        if (!used.has(id)) return `chunk ${id} has a digest for nothing`;
      first = page.next;
    }
    return undefined;
  }

  /** The index itself says that all is well. */
  async #openReport(): Promise<string | undefined> {
    const peer = this.#world.peers.find((machine) => machine.isUp)?.peer;
    const lost = [...this.#wanted().keys()].filter(
      (id) => !this.#world.peers.some((machine) => machine.peer?.chunks.has(id)),
    ).length;
    try {
      const report = await peer?.session.service.copies();
      if (!report?.counted) return "copies are not counted";
      return report.under > lost ? `${report.under} are under, by the index` : undefined;
    } catch (error) {
      return GoliathError.from(error).message;
    }
  }
}

/** What is seen in the midst of the library's own work does not disturb it: the verdict has it. */
function quietly(look: () => void): void {
  try {
    look();
  } catch (error) {
    if (!(error instanceof PromiseBroken)) throw error;
  }
}

function idsOf(tree: ModelTree): Set<ChunkId> {
  const ids = new Set<ChunkId>();
  for (const { body } of tree.values()) if (body) for (const id of idsIn(body)) ids.add(id);
  return ids;
}

function* idsIn({ extents }: { extents: readonly ChunkRun[] } | FileBody): Generator<ChunkId> {
  for (const { first, count } of extents)
    for (let i = 0; i < count; i++) yield (first + i) as ChunkId;
}
