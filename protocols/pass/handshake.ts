/**
 * The handshake: the first frame each way on every Goliath stream. The opener says which drive it
 * means and shows what admits it; the answerer admits it and shows its own pass, or refuses.
 */
import { GoliathError, publicKeyOf, type DriveId } from "../nouns/exports.ts";
import {
  cancelled,
  decodeHeader,
  fromStatus,
  STATUS_OK,
  toStatus,
  type CallOptions,
  type FrameBounds,
  type FrameStream,
} from "../wire/exports.ts";
import { HelloFrame, WelcomeFrame } from "./generated/pass.js";
import { SIGNED_BYTES_MAX } from "./signed.ts";
import { driveOfKey } from "./wire-key.ts";

/** Longest name of a peer, in bytes of UTF-8. */
export const PEER_NAME_BYTES_MAX = 255;

/**
 * Bounds of both frames, whatever the protocol's own are: nobody takes more memory than this
 * before it is admitted. Every protocol's bounds are at least these.
 */
export const HANDSHAKE_BOUNDS: FrameBounds = { headerBytesMax: 4096, payloadBytesMax: 0 };

export interface Hello {
  drive: DriveId;
  /** What the opener's machine is called; for showing only. */
  name: string;
  /** Signed blobs; not yet verified. */
  pass?: Uint8Array;
  invite?: Uint8Array;
  certificate?: Uint8Array;
}

export interface Welcome {
  certificate?: Uint8Array;
  /** The answerer's own pass; for who joins with an invite, the joiner's new one. */
  pass?: Uint8Array;
}

type WelcomeMessage = Welcome & { status: number };

/**
 * The opener's side. Throws what the other side refused with (`no-pass`, `bad-invite`, …), and
 * `closed` when it hung up. An abort ends the stream: a handshake cannot be taken up again.
 */
export async function greet(
  frames: FrameStream,
  hello: Hello,
  { signal }: CallOptions = {},
): Promise<Welcome> {
  return abortable(frames, signal, async () => {
    await frames.send(encodeHello(hello));
    const { status, ...answer } = decodeWelcome(await nextHeader(frames));
    if (status === STATUS_OK) return answer;
    await frames.close();
    throw fromStatus({ status, about: "" });
  });
}

/**
 * The answerer's side: reads the hello, lets `admit` verify it, sends what that returns. When
 * `admit` throws, the other side gets the status, our side is closed and the error rethrown.
 */
export async function welcome(
  frames: FrameStream,
  admit: (hello: Hello) => Promise<Welcome>,
  { signal }: CallOptions = {},
): Promise<Hello> {
  return abortable(frames, signal, async () => {
    try {
      const hello = decodeHello(await nextHeader(frames));
      const answer = await admit(hello);
      await frames.send(encodeWelcome({ ...answer, status: STATUS_OK }));
      return hello;
    } catch (thrown) {
      await refuse(frames, GoliathError.from(thrown));
      throw thrown;
    }
  });
}

async function refuse(frames: FrameStream, error: GoliathError): Promise<void> {
  try {
    // The number only: what an error is about is not for who was not admitted.
    await frames.send(encodeWelcome({ status: toStatus(error).status }));
    await frames.close();
    // Whoever called may abort the stream now, which would overtake the status: let them close.
    await frames.next(HANDSHAKE_BOUNDS);
  } catch {
    // The stream is broken already; what broke it is thrown.
  }
}

async function abortable<Result>(
  frames: FrameStream,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const onAbort = (): void => frames.abort(cancelled(signal));
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await work();
  } catch (error) {
    throw signal?.aborted ? cancelled(signal) : error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

async function nextHeader(frames: FrameStream): Promise<Uint8Array> {
  const frame = await frames.next(HANDSHAKE_BOUNDS);
  if (!frame) throw new GoliathError("closed", "the connection was closed before the handshake");
  return frame.header;
}

/** Throws `bad-request` or `too-large` before anything is sent. */
export function encodeHello(hello: Hello): Uint8Array {
  checkHello(hello);
  return HelloFrame.encode({ ...hello, drive: publicKeyOf(hello.drive) });
}

export function decodeHello(header: Uint8Array): Hello {
  const { drive, ...rest } = decodeHeader(HelloFrame, header);
  const hello = { drive: driveOfKey(drive), ...rest };
  checkHello(hello);
  return hello;
}

export function encodeWelcome(welcome: WelcomeMessage): Uint8Array {
  checkBlobs(welcome.certificate, welcome.pass);
  return WelcomeFrame.encode(welcome);
}

export function decodeWelcome(header: Uint8Array): WelcomeMessage {
  const decoded = decodeHeader(WelcomeFrame, header);
  checkBlobs(decoded.certificate, decoded.pass);
  return decoded;
}

function checkHello({ name, pass, invite, certificate }: Hello): void {
  checkBlobs(pass, invite, certificate);
  if (Buffer.byteLength(name) <= PEER_NAME_BYTES_MAX && !/\p{Cc}/u.test(name)) return;
  throw new GoliathError("bad-request", "the peer's name is too long or has control characters");
}

function checkBlobs(...blobs: (Uint8Array | undefined)[]): void {
  for (const blob of blobs) {
    if (blob && blob.length > SIGNED_BYTES_MAX) {
      throw new GoliathError("too-large", "a pass, invite or certificate is too long");
    }
  }
}
