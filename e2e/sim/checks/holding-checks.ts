/**
 * Promise 4, of a drive in which every revision is kept: what a peer had whole in a mirror that its
 * user leaves alone it holds and serves for good, whatever was committed since.
 */
import { hash } from "node:crypto";
import type { ChunkId, FileBody } from "@goliath/protocols/nouns";
import type { PeerMachine } from "../peer-machine.ts";
import type { World } from "../world.ts";
import { isVersion } from "./drive-checks.ts";

interface Owed {
  /** Versions of the same bytes: any of them will do. */
  bodies: FileBody[];
  note: string;
}

export class HoldingChecks {
  readonly #world: World;
  /** By machine and digest. */
  readonly #owed = new Map<PeerMachine, Map<string, Owed>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** What stands in mirrors now, where nobody but Goliath touches them. */
  async look(): Promise<void> {
    const { profile, peers } = this.#world;
    if (!profile.handsOff) return;
    for (const machine of peers) {
      for (const { local } of machine.peer?.mirrors.list() ?? []) {
        for (const { bytes, path } of await machine.files(local)) this.#found(machine, bytes, path);
      }
    }
  }

  /** When all is at rest, and nothing has rotted. */
  atRest(): void {
    const { verdict } = this.#world.site;
    if (this.#world.hasRotted) return;
    for (const [machine, owed] of this.#owed) {
      for (const { bodies, note } of owed.values()) {
        if (!bodies.some((body) => holds(machine, body)))
          verdict.fail(4, `${machine.name} ${note} and does not hold it any more`);
      }
    }
  }

  #found(machine: PeerMachine, bytes: Buffer, path: string): void {
    const digest = hash("sha256", bytes);
    if (bytes.length === 0 || this.#owed.get(machine)?.has(digest)) return;
    const all = this.#world.record.bodies(bytes.length);
    const bodies = all.filter((body) => isVersion(bytes, body));
    if (bodies.length > 0) this.#owe(machine, digest, { bodies, note: `had ${path}` });
  }

  #owe(machine: PeerMachine, key: string, owed: Owed): void {
    const all = this.#owed.get(machine) ?? new Map<string, Owed>();
    this.#owed.set(machine, all.set(key, owed));
  }
}

function holds({ peer }: PeerMachine, { extents }: FileBody): boolean {
  return extents.every(({ first, count }) =>
    Array.from({ length: count }, (_, i) => (first + i) as ChunkId).every((id) =>
      peer?.chunks.has(id),
    ),
  );
}
