/** What goes wrong: each seed draws which kinds, and when. */
import type { PeerId } from "@goliath/protocols/nouns";
import type { CopyChecks } from "./checks/copy-checks.ts";
import type { DiskChecks } from "./checks/disk-checks.ts";
import type { DriveChecks } from "./checks/drive-checks.ts";
import { KeeperFaults } from "./keeper-faults.ts";
import type { FaultName } from "./profile.ts";
import type { Random } from "./random.ts";
import { idsOf, type World } from "./world.ts";

/** Milliseconds something stays broken, at most. */
const BROKEN_MS_MAX = 40_000;
/** Effects until a doomed process dies, at most. */
const DOOM_MAX = 400;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Calls after the chosen one until the power goes, at most. */
const CALLS_UNTIL_CUT_MAX = 6;
/** Milliseconds a writer is cut off whose answer is lost, at most. */
const ANSWER_MS_MAX = 5_000;

type Fault = () => Promise<void>;

interface Checks {
  drive: DriveChecks;
  copies: CopyChecks;
  disks: DiskChecks;
}

export class Faults {
  readonly #world: World;
  readonly #checks: Checks;
  readonly #random: Random;
  readonly #keepers: KeeperFaults;
  readonly #chosen: Fault[];
  readonly #underWay = new Set<Promise<void>>();

  constructor(world: World, checks: Checks) {
    this.#world = world;
    this.#checks = checks;
    this.#random = world.random.fork("faults");
    this.#keepers = new KeeperFaults(world, checks.copies);
    this.#chosen = world.profile.faults
      .filter(() => this.#random.chance(0.5))
      .map((name) => this.#kinds[name]);
    if (world.profile.answersLost > 0) this.#loseAnswers();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#world.site;
    while (!signal.aborted && this.#chosen.length > 0) {
      const { faultPauseMs } = this.#world.profile;
      await clock.sleep(this.#random.next() * faultPauseMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      this.#begin(this.#random.pick(this.#chosen));
    }
  }

  #begin(fault: Fault): void {
    const work: Promise<void> = fault().finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  /** Everything is whole again, every process runs, and each peer was started anew once. */
  async end(): Promise<void> {
    const { index, peers, site, record } = this.#world;
    record.way = undefined;
    // Who comes for the first time waits for an index, which may have died after its fault was over.
    index.process?.spare();
    if (!index.process) await index.start();
    await Promise.all(this.#underWay);
    this.#healAll();
    await this.#keepers.end();
    for (const { process } of [index, ...peers]) process?.spare();
    for (const peer of peers) peer.calm();
    if (!index.process) await index.start();
    for (const peer of peers) {
      if (this.#random.chance(0.5)) peer.kill();
      else await peer.stop();
      await site.clock.sleep(this.#random.next() * 1000);
      await peer.start();
    }
  }

  readonly #kinds: Record<FaultName, Fault> = {
    "kill peer": () => this.#killPeer(),
    "doom peer": () => this.#doomPeer(),
    "cut power": () => this.#cutPower(),
    "kill index": () => this.#killIndex(),
    "doom index": () => this.#doomIndex(),
    restore: () => this.#restore(),
    partition: () => this.#partition(),
    stall: () => this.#stall(),
    narrow: () => this.#narrow(),
    jump: () => this.#jump(),
    fill: () => this.#fill(),
    "fail disk": () => this.#failDisk(),
    rot: () => this.#rot(),
    "cut power there": () => this.#cutPowerThere(),
    unmount: () => this.#unmount(),
    "next day": () => this.#nextDay(),
    leave: () => this.#keepers.leave(),
    die: () => this.#keepers.die(),
    join: () => this.#keepers.join(),
    "rot kept": () => this.#keepers.rot(),
    drain: () => this.#keepers.drain(),
  };

  /** Of many commits the writer does not hear: its line is cut or still, or it dies, or loses power. */
  #loseAnswers(): void {
    const { profile, random, record } = this.#world;
    const draw = random.fork("answers");
    record.way = {
      isTwice: () => draw.chance(profile.askedTwice),
      beforeAnswer: (writer) => {
        if (draw.chance(profile.answersLost)) this.#begin(() => this.#loseAnswer(writer, draw));
      },
    };
  }

  async #loseAnswer(writer: PeerId, draw: Random): Promise<void> {
    const { index, peers, site } = this.#world;
    const { network, clock } = site;
    const from = index.identity.peerId;
    site.trace.note("net", `an answer to ${writer} is lost`);
    const peer = peers.find(({ identity }) => identity.peerId === writer);
    const way = draw.pick(["cut", "late", "killed"] as const);
    if (way === "cut") network.partition(from, writer);
    else if (way === "late") network.stall({ from, to: writer });
    else peer?.kill();
    await clock.sleep(draw.next() * ANSWER_MS_MAX);
    network.heal(from, writer);
    if (way === "killed") await peer?.start();
  }

  /** Just after something was put under its name, or recorded. */
  async #cutPowerThere(): Promise<void> {
    const peer = this.#random.pick(this.#world.peers);
    const call = this.#random.pick(["link", "rename", "commit", "write"] as const);
    const isCut = peer.cutPowerAfter(call, this.#random.int(CALLS_UNTIL_CUT_MAX));
    await this.#while();
    if (!isCut()) return;
    await this.#checks.disks.lookAt(peer);
    await peer.start();
  }

  async #unmount(): Promise<void> {
    const peer = this.#random.pick(this.#world.peers);
    await peer.unmount();
    await this.#while();
    await peer.remount();
  }

  /** All passes are of yesterday. */
  async #nextDay(): Promise<void> {
    this.#world.site.trace.note("world", "a day later");
    this.#world.site.clock.jump(DAY_MS + HOUR_MS);
  }

  async #killPeer(): Promise<void> {
    const peer = this.#random.pick(this.#world.peers);
    peer.kill();
    await this.#while();
    await peer.start();
  }

  async #cutPower(): Promise<void> {
    const peer = this.#random.pick(this.#world.peers);
    await peer.cutPower();
    await this.#while();
    await peer.start();
  }

  async #doomPeer(): Promise<void> {
    const peer = this.#random.pick(this.#world.peers);
    const { process } = peer;
    process?.doom(1 + this.#random.int(DOOM_MAX), { done: this.#random.chance(0.5) });
    await this.#while();
    if (process?.alive) return;
    await peer.start();
  }

  async #killIndex(): Promise<void> {
    const { index } = this.#world;
    index.kill();
    await this.#while();
    if (!index.process) await index.start();
  }

  async #doomIndex(): Promise<void> {
    const { index } = this.#world;
    index.process?.doom(1 + this.#random.int(DOOM_MAX), { done: this.#random.chance(0.5) });
    await this.#while();
    if (!index.process) await index.start();
  }

  async #restore(): Promise<void> {
    const { index, record } = this.#world;
    if (!index.process) return;
    const { revision } = record;
    await Promise.all([index.backUp(), this.#while()]);
    if (!index.process || this.#random.chance(0.7)) return;
    this.#checks.drive.rewound(revision);
    this.#world.wasRestored = true;
    await index.restore();
  }

  async #partition(): Promise<void> {
    const [a, b] = this.#two();
    this.#world.site.trace.note("net", `cut ${a} ${b}`);
    this.#world.site.network.partition(a, b);
    await this.#while();
    this.#world.site.network.heal(a, b);
  }

  async #stall(): Promise<void> {
    const [from, to] = this.#two();
    this.#world.site.trace.note("net", `stall ${from} ${to}`);
    this.#world.site.network.stall({ from, to });
    if (this.#random.chance(0.5)) this.#world.site.network.stall({ from: to, to: from });
    await this.#while();
    this.#world.site.network.heal(from, to);
  }

  async #narrow(): Promise<void> {
    const [from, to] = this.#two();
    const slow = { latencyMs: 500, jitterMs: 500, bytesPerMs: 2 };
    this.#world.site.network.shape({ from, to }, slow);
    await this.#while();
    const usual = { latencyMs: 2, jitterMs: 1, bytesPerMs: 1000 };
    this.#world.site.network.shape({ from, to }, usual);
  }

  async #jump(): Promise<void> {
    const ms = this.#random.pick([-DAY_MS, -3_600_000, 1000, 3_600_000, DAY_MS]);
    if (this.#random.chance(0.3)) this.#world.site.clock.jump(ms);
    else this.#random.pick(this.#world.peers).jump(ms);
  }

  async #fill(): Promise<void> {
    const peer = this.#random.pick(this.#world.peers);
    peer.fill();
    await this.#while();
    peer.empty();
  }

  async #failDisk(): Promise<void> {
    const peer = this.#random.pick(this.#world.peers);
    peer.fail(this.#random.pick([0.01, 0.2]));
    await this.#while();
    peer.fail(0);
  }

  async #rot(): Promise<void> {
    this.#world.hasRotted = true;
    await this.#random.pick(this.#world.peers).rot();
  }

  #two() {
    const ids = idsOf(this.#world);
    const a = this.#random.pick(ids);
    return [a, this.#random.pick(ids.filter((id) => id !== a))] as const;
  }

  #healAll(): void {
    const { network, trace } = this.#world.site;
    const ids = idsOf(this.#world);
    for (const a of ids) for (const b of ids) if (a < b) network.heal(a, b);
    trace.note("net", "healed");
  }

  async #while(): Promise<void> {
    await this.#world.site.clock.sleep(this.#random.next() * BROKEN_MS_MAX);
  }
}
