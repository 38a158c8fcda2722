/**
 * Promise 7, as far as it can be seen from outside: what is under way on streams, streams that are
 * open, and waits that nobody ends.
 */
import type { World } from "../world.ts";

/** A window, and one frame of a chunk with another behind it. */
const AHEAD_BYTES_MAX = 256 * 1024 + 2 * (4096 + 1024) + 64 * 1024;
/**
 * Ends of streams of one member at rest: three to the index and one on which the index reads back;
 * one to each other member, each way.
 */
const MEMBER_ENDS_MAX = 8;
const PAIR_ENDS_MAX = 4;
/** Bytes of one process that wait for its streams, but for chunks. */
const SENDING_BYTES_MAX = 8 * 8 * (4096 + 1024);
/** Frames with chunks that wait for all its streams: eight for each reader that is slow. */
const SENDING_CHUNKS_MAX = 8 * 8;
/** Files of several chunks in the making in one mirror. Small ones are made many at a time. */
const PARTIAL_MAX = 24;
/** Calls of `sleep` of one process at rest: some for each stream, share and mirror. */
const SLEEPING_MAX = 60;

export class BoundChecks {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** At any moment. */
  look(): void {
    const { network, verdict } = this.#world.site;
    for (const { aheadBytes, protocol } of network.streams()) {
      if (aheadBytes > AHEAD_BYTES_MAX)
        verdict.fail(7, `${aheadBytes} bytes wait on a stream of ${protocol}`);
    }
    for (const { process } of [this.#world.index, ...this.#world.peers]) {
      if (process && process.sendingBytes > SENDING_BYTES_MAX)
        verdict.fail(7, `${process.name} has ${process.sendingBytes} bytes to send`);
      if (process && process.sendingChunks > SENDING_CHUNKS_MAX)
        verdict.fail(7, `${process.name} has ${process.sendingChunks} chunks to send`);
    }
    for (const { name, makingMost } of this.#world.peers) {
      if (makingMost > PARTIAL_MAX)
        verdict.fail(7, `${makingMost} files are in the making in a mirror of ${name}`);
    }
  }

  /** When nothing is left to be done. */
  atRest(): void {
    const { index, peers, site } = this.#world;
    const pairs = (peers.length * (peers.length - 1)) / 2;
    const ends = site.network.streams().length;
    const { profile, lies } = this.#world;
    const others = (profile.liars + lies.keepers) * (2 + 2 * (peers.length + 1));
    if (ends > others + peers.length * MEMBER_ENDS_MAX + pairs * PAIR_ENDS_MAX)
      site.verdict.fail(7, `${ends} ends of streams are open between ${peers.length} peers`);
    for (const { process } of [index, ...peers]) {
      if (process && process.sleeping > SLEEPING_MAX)
        site.verdict.fail(7, `${process.name} has ${process.sleeping} waits under way at rest`);
    }
  }
}
