/** The machines of keepers: those there are at first, and those that come later. */
import { CHUNK_BYTES } from "./index-machine.ts";
import { PeerMachine, type PeerMachineInit } from "./peer-machine.ts";
import type { Profile } from "./profile.ts";
import type { Random } from "./random.ts";

/** As many as there can be. */
export const KEEPERS_MAX = 20;
/** Room for all that a seed puts. */
const AMPLE_BYTES = 64 * 1024 * 1024;
/** Room for little: chunks, with what a pack takes beside them. */
const SCARCE_CHUNKS = [3, 10, 40];
/** So many have ample room, whatever is drawn for the others. */
export const AMPLE_MIN = 4;

/** What a machine stands on. */
type Ground = Pick<PeerMachineInit, "site" | "index"> & { profile: Profile };

export function drawKeepers(ground: Ground, draw: Random): PeerMachine[] {
  const { keeping } = ground.profile;
  if (!keeping) return [];
  const [least, more] = keeping.keepers;
  const count = draw.chance(keeping.many) ? KEEPERS_MAX : least + draw.int(more + 1);
  return Array.from({ length: count }, (_, i) =>
    keeperMachine(ground, { number: i, isScarce: i >= AMPLE_MIN && draw.chance(0.4), draw }),
  );
}

export function keeperMachine(
  { site, index, profile }: Ground,
  { number, isScarce, draw }: { number: number; isScarce: boolean; draw: Random },
): PeerMachine {
  const scarce = draw.pick(SCARCE_CHUNKS) * (CHUNK_BYTES + 100);
  const capacityBytes = isScarce ? scarce : AMPLE_BYTES;
  return new PeerMachine({
    name: `keeper${number}`,
    site,
    index,
    clumsiness: 0,
    profile,
    capacityBytes,
  });
}

/** Whether it has room for all there is. */
export function isAmple({ capacityBytes }: PeerMachine): boolean {
  return capacityBytes === AMPLE_BYTES;
}
