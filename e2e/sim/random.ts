/** Numbers that follow from a seed alone. Each part of a simulation draws from its own fork. */
import { hash } from "node:crypto";

export interface Random {
  /** From 0 to 1, exclusive. */
  next(): number;
  /** From 0 to `count`, exclusive. */
  int(count: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  bytes(count: number): Buffer;
  /** Another stream of numbers, which does not depend on how much was drawn from this one. */
  fork(name: string): Random;
}

export function seededRandom(seed: string): Random {
  const next = sfc32(hash("sha256", seed, "buffer"));
  const int = (count: number): number => Math.floor(next() * count);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new Error("nothing to pick from");
      return items[int(items.length)] as (typeof items)[number];
    },
    bytes: (count) => {
      const bytes = Buffer.allocUnsafe(count);
      for (let i = 0; i < count; i++) bytes[i] = int(256);
      return bytes;
    },
    fork: (name) => seededRandom(`${seed}/${name}`),
  };
}

/** Chris Doty-Humphrey's small fast counter: passes PractRand, 128 bits of state. */
function sfc32(seed: Buffer): () => number {
  let a = seed.readInt32LE(0);
  let b = seed.readInt32LE(4);
  let c = seed.readInt32LE(8);
  let d = seed.readInt32LE(12);
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
}
