/** Two ends of a stream for tests, with peers that have names. */
import { idOfPublicKey, PUBLIC_KEY_BYTES, type PeerId } from "../nouns/exports.ts";
import {
  createStreamPair,
  FrameStream,
  type ByteStream,
  type FrameBounds,
} from "../wire/exports.ts";

/** A well-formed id of a key nobody has. */
export function testPeer(byte: number): PeerId {
  return idOfPublicKey(new Uint8Array(PUBLIC_KEY_BYTES).fill(byte));
}

export const OPENER = testPeer(1);
export const ANSWERER = testPeer(2);

/** `[opener's end, answerer's end]`. */
export function openStreamPair(): [ByteStream, ByteStream] {
  return createStreamPair({ protocol: "/test/1.0.0", opener: OPENER, answerer: ANSWERER });
}

/** `[opener's end, answerer's end]`. */
export function openFramePair(bounds: FrameBounds): [FrameStream, FrameStream] {
  const [opener, answerer] = openStreamPair();
  return [new FrameStream(opener, bounds), new FrameStream(answerer, bounds)];
}
