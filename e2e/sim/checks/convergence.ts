/**
 * When nothing is broken any more, everything comes together: every share has published what stands
 * on its disk, every mirror is the drive's directory and says so, and every chunk that a running
 * peer holds can be read by any other.
 */
import type { DrivePath, FileBody } from "@goliath/protocols/nouns";
import type { PeerMachine } from "../peer-machine.ts";
import type { World } from "../world.ts";
import type { DriveChecks } from "./drive-checks.ts";
import { holds, isHeld } from "./held.ts";
import { mirrorOpen } from "./mirror-open.ts";
import { shareOpen } from "./share-open.ts";

/** Milliseconds of simulated time it may take: the longest back-offs, several times over. */
const PATIENCE_MS = 15 * 60_000;
const LOOK_MS = 5_000;

export class Convergence {
  readonly #world: World;
  readonly #checks: DriveChecks;

  constructor(world: World, checks: DriveChecks) {
    this.#world = world;
    this.#checks = checks;
  }

  async wait(): Promise<void> {
    const { clock, verdict, trace } = this.#world.site;
    const untilMs = clock.monotonicMs() + PATIENCE_MS;
    for (;;) {
      const open = await this.#open();
      if (open === undefined) break;
      if (clock.monotonicMs() > untilMs) verdict.fail(0, `it never comes together: ${open}`);
      trace.note("world", `not yet: ${open}`);
      await clock.sleep(LOOK_MS);
    }
    await this.#readEverything();
    this.#checkStored();
  }

  /** What is not as it should be yet. */
  async #open(): Promise<string | undefined> {
    for (const machine of this.#world.peers) {
      const { peer } = machine;
      if (!peer?.session.connected()) return `${machine.name} is not connected`;
      for (const share of peer.shares.list()) {
        if (share.state === "waiting" || share.state === "paused") peer.shares.confirm(share);
        const open = await shareOpen(this.#world, { machine, share });
        if (open !== undefined) return `${machine.name} shares ${share.path}: ${open}`;
      }
      for (const mirror of peer.mirrors.list()) {
        const open = await mirrorOpen(this.#world, { machine, mirror });
        if (open !== undefined) return `${machine.name} mirrors into ${mirror.local}: ${open}`;
      }
    }
    return undefined;
  }

  /** Faults that passed took nothing: asking for it has shown what is only believed to be there. */
  #checkStored(): void {
    const { peers, site } = this.#world;
    for (const { name, peer, stored } of peers)
      for (const { path, extents } of stored)
        if (peer && !holds(peer, { extents }))
          site.verdict.fail(4, `${name} lost what was put to ${path}`);
  }

  /** All that is held. What is believed to be held and is not, asking for it shows. */
  async #readEverything(): Promise<void> {
    const { record, peers, site } = this.#world;
    for (const [path, { body }] of record.at()) {
      if (!body) continue;
      const reader = site.random.fork(`read ${path}`).pick(peers);
      const bytes = await this.#read(reader, { path, body });
      if (!bytes) continue;
      this.#checks.wasRead(bytes, { path, at: record.revision, body });
      this.#checks.journalWas(path, bytes);
    }
  }

  /** A holder that was away is left alone for a while, so one refusal is none. */
  async #read(
    reader: PeerMachine,
    { path, body }: { path: DrivePath; body: FileBody },
  ): Promise<Buffer | undefined> {
    const { clock, verdict } = this.#world.site;
    const untilMs = clock.monotonicMs() + PATIENCE_MS;
    while (isHeld(this.#world, body)) {
      try {
        const chunks: Uint8Array[] = [];
        for await (const bytes of reader.peer?.reader.read({ path }) ?? []) chunks.push(bytes);
        return Buffer.concat(chunks);
      } catch (error) {
        if (clock.monotonicMs() > untilMs)
          verdict.fail(4, `${path} is held and ${reader.name} cannot read it: ${String(error)}`);
        await clock.sleep(LOOK_MS);
      }
    }
    return undefined;
  }
}
