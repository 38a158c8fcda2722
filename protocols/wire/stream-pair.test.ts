import { describe, expect, it } from "vitest";
import { ANSWERER, OPENER, openStreamPair } from "../testing/frame-pair.ts";
import type { ByteStream } from "./byte-stream.ts";

const BYTES = Uint8Array.of(1, 2, 3);

async function readAll(stream: ByteStream): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece.slice());
  return new Uint8Array(Buffer.concat(pieces));
}

describe("createStreamPair", () => {
  it("names the other end's peer on each end", () => {
    const [opener, answerer] = openStreamPair();
    expect([opener.peer, answerer.peer]).toEqual([ANSWERER, OPENER]);
  });

  it("delivers what was sent before a close, then ends; the other direction stays open", async () => {
    const [opener, answerer] = openStreamPair();
    await opener.send(BYTES);
    await opener.close();
    expect(await readAll(answerer)).toEqual(BYTES);
    await expect(opener.send(BYTES)).rejects.toMatchObject({ code: "closed" });
    await answerer.send(BYTES);
    await answerer.close();
    expect(await readAll(opener)).toEqual(BYTES);
  });

  it("sends a copy: the sender may use its buffer again", async () => {
    const [opener, answerer] = openStreamPair();
    const buffer = Uint8Array.from(BYTES);
    await opener.send(buffer);
    buffer.fill(0);
    await opener.close();
    expect(await readAll(answerer)).toEqual(BYTES);
  });

  it("makes a sender wait for a slow reader", async () => {
    const [opener, answerer] = openStreamPair();
    let sent = false;
    const sending = opener.send(new Uint8Array(1024 * 1024)).then(() => (sent = true));
    await new Promise(setImmediate);
    expect(sent).toBe(false);
    await answerer[Symbol.asyncIterator]().next();
    await sending;
  });

  it("abort ends both directions on both ends, a waiting send and a waiting read too", async () => {
    const [opener, answerer] = openStreamPair();
    const read = readAll(opener);
    const sending = opener.send(new Uint8Array(1024 * 1024));
    answerer.abort(new Error("broken"));
    const closed = { code: "closed" };
    await expect(read).rejects.toMatchObject(closed);
    await expect(sending).rejects.toMatchObject(closed);
    await expect(readAll(answerer)).rejects.toMatchObject(closed);
    await expect(answerer.send(BYTES)).rejects.toMatchObject(closed);
  });
});
