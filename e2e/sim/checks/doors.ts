/** The doors of the drive's machines, and how somebody is turned away at one: with a refusal alone. */
import type { Network } from "@goliath/net";
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL } from "@goliath/protocols/chunks";
import { FEED_BOUNDS, FEED_PROTOCOL } from "@goliath/protocols/feed";
import { HOLDINGS_BOUNDS, HOLDINGS_PROTOCOL } from "@goliath/protocols/holdings";
import { INDEX_BOUNDS, INDEX_PROTOCOL } from "@goliath/protocols/index";
import type { PeerId } from "@goliath/protocols/nouns";
import { greet, type Hello } from "@goliath/protocols/pass";
import { FrameStream, type ByteStream } from "@goliath/protocols/wire";
import type { Door } from "../member.ts";
import { withMethods } from "../with-methods.ts";

export const DOORS: readonly Door[] = [
  { protocol: INDEX_PROTOCOL, bounds: INDEX_BOUNDS },
  { protocol: FEED_PROTOCOL, bounds: FEED_BOUNDS },
  { protocol: HOLDINGS_PROTOCOL, bounds: HOLDINGS_BOUNDS },
  { protocol: CHUNKS_PROTOCOL, bounds: CHUNKS_BOUNDS },
];
/** A refusal is a frame with a number in it. */
const REFUSAL_BYTES_MAX = 32;

/**
 * Tries one door, and asks for something whether let in or not. Says what was got beside a refusal;
 * undefined when that was nothing.
 */
export async function knock(
  network: Network,
  peer: PeerId,
  { protocol, bounds, hello }: Door & { hello: Hello },
): Promise<string | undefined> {
  const opened = await network.open(peer, protocol).catch(() => undefined);
  if (!opened) return undefined;
  const { stream, received } = counted(opened);
  const frames = new FrameStream(stream, bounds);
  const welcome = await greet(frames, hello).catch(() => undefined);
  if (welcome) return `in at ${protocol} of ${peer}`;
  // It asks all the same, for what a member might.
  await frames.send(Buffer.from([8, 1, 18, 0])).catch(() => undefined);
  await frames.next().catch(() => undefined);
  frames.abort(new Error("turned away"));
  if (received() <= REFUSAL_BYTES_MAX) return undefined;
  return `${received()} bytes at ${protocol} of ${peer}`;
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
