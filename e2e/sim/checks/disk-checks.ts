/**
 * What lies on the machines' disks, at any moment. Promise 2: under a final name in a mirror are
 * some committed version's bytes, or a user's. Promise 3: what a user wrote is there.
 */
import type { FoundFile } from "../own-files.ts";
import type { PeerMachine } from "../peer-machine.ts";
import type { World } from "../world.ts";
import { isVersion } from "./drive-checks.ts";

export class DiskChecks {
  readonly #world: World;
  /** Digests of bytes that were found to be a committed version's: that does not change. */
  readonly #versions = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  async look(): Promise<void> {
    for (const machine of this.#world.peers) await machine.byHand(() => this.#lookAt(machine));
  }

  async lookAt(machine: PeerMachine): Promise<void> {
    await machine.byHand(() => this.#lookAt(machine));
  }

  /** When all is at rest: what was moved out of the way for a moment is back. */
  async atRest(): Promise<void> {
    await this.look();
    for (const machine of this.#world.peers) {
      const [missing] = machine.own.missing(await machine.files());
      if (missing !== undefined) this.#world.site.verdict.fail(3, `what ${missing} is put away`);
    }
  }

  async #lookAt(machine: PeerMachine): Promise<void> {
    const { verdict } = this.#world.site;
    const files = await machine.files();
    const isGone = machine.own.missing(files).length > 0;
    // What is written to where it is kept comes back when the mirror looks there again.
    const { keptOpen } = this.#world.profile;
    const kept = isGone && (await (keptOpen > 0 ? machine.keptFiles() : machine.waiting()));
    const [missing] = machine.own.missing([...files, ...(kept || [])]);
    if (missing !== undefined) verdict.fail(3, `what ${missing} is gone`);
    for (const file of files) {
      if (!this.#isKnown(machine, file))
        verdict.fail(2, `${machine.name} has bytes of nobody at ${file.path}`);
    }
  }

  #isKnown(machine: PeerMachine, file: FoundFile): boolean {
    if (file.bytes.length === 0 || machine.own.has(file.digest)) return true;
    if (machine.own.isRotten(file.digest)) return true;
    if (this.#versions.has(file.digest)) return true;
    const found = this.#world.record
      .bodies(file.bytes.length)
      .some((body) => isVersion(file.bytes, body));
    if (found) this.#versions.add(file.digest);
    return found;
  }
}
