/** yamux with two guards on each connection: one that it lives, one that its frames are bounded. */
import type { MessageStream, StreamMuxerFactory } from "@libp2p/interface";
import { yamux, type YamuxMuxerInit } from "@libp2p/yamux";
import { GoliathError } from "@goliath/protocols/nouns";
import type { Liveness } from "./liveness.ts";

export interface GuardedYamuxInit {
  yamux: YamuxMuxerInit;
  liveness: Liveness;
  /** Bytes of the longest frame taken: a window, beyond which nobody may send. */
  frameBytesMax: number;
}

export function guardedYamux(init: GuardedYamuxInit): () => StreamMuxerFactory {
  const { liveness, frameBytesMax } = init;
  const keepAliveInterval = liveness.pingIntervalMs;
  const create = yamux({ ...init.yamux, enableKeepAlive: true, keepAliveInterval });
  return () => {
    const factory = create();
    return {
      protocol: factory.protocol,
      createStreamMuxer: (connection) => {
        const muxer = factory.createStreamMuxer(connection);
        // After the muxer's own listener: ours alone would take the first bytes from it.
        liveness.watch(connection);
        guardFrames(connection, frameBytesMax);
        return muxer;
      },
    };
  };
}

/** Bytes of a yamux header (yamux specification, framing): version, type, flags, id, length. */
const HEADER_BYTES = 12;
const TYPE_OFFSET = 1;
const LENGTH_OFFSET = 8;
const TYPE_DATA = 0;

/**
 * Aborts a connection that announces a longer frame. The muxer would gather up to 4 GiB of it in
 * memory before it compares it with the window.
 */
function guardFrames(connection: MessageStream, frameBytesMax: number): void {
  const header = Buffer.alloc(HEADER_BYTES);
  let headerBytes = 0;
  let bodyBytesLeft = 0;
  const scan = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length;) {
      const wanted = bodyBytesLeft > 0 ? bodyBytesLeft : HEADER_BYTES - headerBytes;
      const part = bytes.subarray(at, at + wanted);
      at += part.length;
      if (bodyBytesLeft > 0) {
        bodyBytesLeft -= part.length;
        continue;
      }
      header.set(part, headerBytes);
      headerBytes = (headerBytes + part.length) % HEADER_BYTES;
      if (headerBytes > 0 || header[TYPE_OFFSET] !== TYPE_DATA) continue;
      bodyBytesLeft = header.readUInt32BE(LENGTH_OFFSET);
      if (bodyBytesLeft > frameBytesMax) throw new GoliathError("too-large", "a frame too long");
    }
  };
  connection.addEventListener("message", ({ data }) => {
    try {
      for (const bytes of data instanceof Uint8Array ? [data] : data) scan(bytes);
    } catch (error) {
      connection.abort(GoliathError.from(error));
    }
  });
}
