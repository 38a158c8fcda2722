/**
 * Somebody on the network who is no member. Promise 6: whatever it shows at whichever door, it gets
 * a refusal and nothing else.
 */
import { identityFromSeed, type Network } from "@goliath/net";
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL } from "@goliath/protocols/chunks";
import { FEED_BOUNDS, FEED_PROTOCOL } from "@goliath/protocols/feed";
import { HOLDINGS_BOUNDS, HOLDINGS_PROTOCOL } from "@goliath/protocols/holdings";
import { INDEX_BOUNDS, INDEX_PROTOCOL } from "@goliath/protocols/index";
import type { PeerId } from "@goliath/protocols/nouns";
import { greet, signInvite, signPass, type Hello } from "@goliath/protocols/pass";
import { FrameStream, type ByteStream } from "@goliath/protocols/wire";
import { withMethods } from "../with-methods.ts";
import { idsOf, type World } from "../world.ts";

const DOORS = [
  { protocol: INDEX_PROTOCOL, bounds: INDEX_BOUNDS },
  { protocol: FEED_PROTOCOL, bounds: FEED_BOUNDS },
  { protocol: HOLDINGS_PROTOCOL, bounds: HOLDINGS_BOUNDS },
  { protocol: CHUNKS_PROTOCOL, bounds: CHUNKS_BOUNDS },
];
/** A refusal is a frame with a number in it. */
const REFUSAL_BYTES_MAX = 32;
/** Milliseconds between two tries, at most. */
const PAUSE_MS_MAX = 4_000;
const DAY_MS = 86_400_000;
const IDENTITY = identityFromSeed(Buffer.alloc(32, "a stranger"));

export class Stranger {
  readonly #world: World;
  readonly #network: Network;
  #refused = 0;

  constructor(world: World) {
    this.#world = world;
    this.#network = world.site.network.join(IDENTITY);
  }

  /** How often it was turned away. */
  get refused(): number {
    return this.#refused;
  }

  async run(signal: AbortSignal): Promise<void> {
    const random = this.#world.random.fork("stranger");
    while (!signal.aborted) {
      const { clock } = this.#world.site;
      await clock.sleep(random.next() * PAUSE_MS_MAX, signal).catch(() => undefined);
      const hello = random.pick(this.#hellos());
      const door = random.pick(DOORS);
      await this.#knock(random.pick(idsOf(this.#world)), { ...door, hello });
    }
  }

  async #knock(
    peer: PeerId,
    { protocol, bounds, hello }: (typeof DOORS)[number] & { hello: Hello },
  ): Promise<void> {
    const { site } = this.#world;
    const opened = await this.#network.open(peer, protocol).catch(() => undefined);
    if (!opened) return;
    const { stream, received } = counted(opened);
    const frames = new FrameStream(stream, bounds);
    const welcome = await greet(frames, hello).catch(() => undefined);
    if (welcome) site.verdict.fail(6, `a stranger was let in at ${protocol}`);
    // It asks all the same, for what a member might.
    await frames.send(Buffer.from([8, 1, 18, 0])).catch(() => undefined);
    await frames.next().catch(() => undefined);
    if (received() > REFUSAL_BYTES_MAX)
      site.verdict.fail(6, `a stranger got ${received()} bytes at ${protocol}`);
    frames.abort(new Error("turned away"));
    this.#refused++;
  }

  /** Nothing, what it signed itself, and what it stole. */
  #hellos(): Hello[] {
    const { clock } = this.#world.site;
    const { drive } = this.#world.index;
    const base = { drive, name: "stranger" };
    const issuedAt = clock.nowMs();
    const { peerId: peer, key } = IDENTITY;
    const pass = { drive, peer, role: "admin" as const, issuedAt, expiresAt: issuedAt + DAY_MS };
    const invite = {
      drive,
      id: "00".repeat(16),
      role: "admin" as const,
      expiresAt: pass.expiresAt,
      uses: 1,
    };
    const stolen = this.#world.peers.flatMap(({ peer }) => peer?.credentials.pass ?? []);
    return [
      base,
      { ...base, pass: signPass(pass, key) },
      { ...base, invite: signInvite(invite, key) },
      ...stolen.map((theirs) => ({ ...base, pass: theirs })),
    ];
  }
}

/** The same stream; what comes is counted. */
function counted(stream: ByteStream): { stream: ByteStream; received: () => number } {
  let bytes = 0;
  const pieces = async function* () {
    for await (const piece of stream) {
      bytes += piece.length;
      yield piece;
    }
  };
  const overridden = { [Symbol.asyncIterator]: pieces };
  return { received: () => bytes, stream: withMethods(stream, overridden) };
}
