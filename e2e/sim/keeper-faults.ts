/** What happens to keepers, beside what happens to any machine. */
import type { CopyChecks } from "./checks/copy-checks.ts";
import { AMPLE_MIN, isAmple, keeperMachine, KEEPERS_MAX } from "./keeper-machines.ts";
import type { PeerMachine } from "./peer-machine.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** Milliseconds a keeper is away or drained, at most: several times what it may be away. */
const AWAY_MS_MAX = 120_000;
/** Milliseconds until a new one comes in place of one that died, at most. */
const REPLACED_MS_MAX = 60_000;
/** Times that something of a keeper rots. */
const ROTS_MAX = 2;

export class KeeperFaults {
  readonly #world: World;
  readonly #checks: CopyChecks;
  readonly #random: Random;
  /** Milliseconds that two deaths are apart at least: with little, more than one dies before repair. */
  readonly #apartMs: number;
  #diedMs = -Infinity;
  #rots = 0;
  #joined: number;

  constructor(world: World, checks: CopyChecks) {
    this.#world = world;
    this.#checks = checks;
    this.#random = world.random.fork("keeper faults");
    this.#apartMs = this.#random.chance(0.7) ? checks.repairMs : 0;
    this.#joined = this.#keepers().length;
  }

  async leave(): Promise<void> {
    const machine = this.#pick();
    if (!machine) return;
    if (this.#random.chance(0.5)) machine.kill();
    else await machine.stop();
    await this.#world.site.clock.sleep(this.#random.next() * AWAY_MS_MAX);
    await machine.start();
  }

  /** With its disk; often another comes. */
  async die(): Promise<void> {
    const { clock } = this.#world.site;
    const machine = this.#pick();
    if (!machine || clock.monotonicMs() - this.#diedMs < this.#apartMs) return;
    if (isAmple(machine) && this.#keepers().filter(isAmple).length <= AMPLE_MIN - 1) return;
    this.#diedMs = clock.monotonicMs();
    this.#checks.dies(machine);
    machine.die();
    const { peers, gone } = this.#world;
    peers.splice(peers.indexOf(machine), 1);
    gone.push(machine);
    if (this.#random.chance(0.3)) return;
    await clock.sleep(this.#random.next() * REPLACED_MS_MAX);
    await this.#come({ isScarce: false });
  }

  join(): Promise<void> {
    return this.#come({ isScarce: this.#random.chance(0.3) });
  }

  async rot(): Promise<void> {
    const machine = this.#pick();
    if (!machine || this.#rots >= ROTS_MAX) return;
    this.#rots++;
    this.#world.hasRotted = true;
    if (machine.packs.rot()) this.#checks.rots(machine);
  }

  async drain(): Promise<void> {
    const machine = this.#pick();
    if (!machine) return;
    machine.drain(true);
    await this.#world.site.clock.sleep(this.#random.next() * AWAY_MS_MAX);
    if (this.#random.chance(0.7)) machine.drain(false);
  }

  /** There are enough keepers with room for all, and most are to stay. */
  async end(): Promise<void> {
    const able = () =>
      this.#keepers().filter((machine) => isAmple(machine) && !machine.isDraining).length;
    while (able() < AMPLE_MIN) await this.#come({ isScarce: false });
  }

  async #come({ isScarce }: { isScarce: boolean }): Promise<void> {
    const { peers, index } = this.#world;
    if (this.#keepers().length >= KEEPERS_MAX) return;
    const number = this.#joined++;
    const machine = keeperMachine(this.#world, { number, isScarce, draw: this.#random });
    this.#checks.watch(machine);
    peers.push(machine);
    machine.prepare();
    if (index.process) await machine.start();
    else void machine.start();
  }

  #keepers(): PeerMachine[] {
    return this.#world.peers.filter(({ capacityBytes }) => capacityBytes > 0);
  }

  #pick(): PeerMachine | undefined {
    const keepers = this.#keepers();
    return keepers.length > 0 ? this.#random.pick(keepers) : undefined;
  }
}
