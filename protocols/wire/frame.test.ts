import fc from "fast-check";
import { Uint8ArrayList } from "uint8arraylist";
import { describe, expect, it } from "vitest";
import { openFramePair, openStreamPair } from "../testing/frame-pair.ts";
import { decodeFrames, encodeFrame, FrameStream, type Frame, type FrameBounds } from "./frame.ts";

const BOUNDS: FrameBounds = { headerBytesMax: 16, payloadBytesMax: 64 };
const HEADER = Uint8Array.of(1, 2, 3);
const PAYLOAD = Uint8Array.of(9, 8, 7, 6);

function bytesOf(header: Uint8Array, payload?: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat(encodeFrame(header, payload)));
}

async function* source(
  pieces: (Uint8Array | Uint8ArrayList)[],
): AsyncGenerator<Uint8Array | Uint8ArrayList> {
  yield* pieces;
}

function decodeAll(pieces: (Uint8Array | Uint8ArrayList)[]): Promise<Frame[]> {
  return decodeAllOf(pieces, BOUNDS);
}

async function decodeAllOf(
  pieces: (Uint8Array | Uint8ArrayList)[],
  bounds: FrameBounds,
): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of decodeFrames(() => bounds)(source(pieces))) frames.push(frame);
  return frames;
}

const framed = (payload = new Uint8Array()): Frame => ({ header: HEADER, payload });

describe("encodeFrame", () => {
  it("writes both lengths, then header and payload", () => {
    expect(Buffer.from(bytesOf(HEADER, PAYLOAD)).toString("hex")).toBe(
      "00000003" + "00000004" + "010203" + "09080706",
    );
  });

  it("references the payload", () => {
    expect(encodeFrame(HEADER, PAYLOAD)[1]).toBe(PAYLOAD);
  });
});

describe("decodeFrames", () => {
  const two = Buffer.concat([bytesOf(HEADER, PAYLOAD), bytesOf(new Uint8Array(), PAYLOAD)]);

  it("gives the same frames wherever the bytes are cut", async () => {
    const whole = await decodeAll([two]);
    expect(whole).toHaveLength(2);
    for (let a = 0; a <= two.length; a++) {
      for (let b = a; b <= two.length; b++) {
        const pieces = [two.subarray(0, a), two.subarray(a, b), two.subarray(b)];
        expect(await decodeAll(pieces)).toEqual(whole);
      }
    }
  });

  it("takes lists of bytes as they come from the network", async () => {
    const list = new Uint8ArrayList(two.subarray(0, 5), two.subarray(5, 12), two.subarray(12));
    expect(await decodeAll([list])).toEqual(await decodeAll([two]));
  });

  it("gives back what was encoded, in any pieces", async () => {
    const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
    const frames = fc.array(fc.record({ header: bytes(16), payload: bytes(64) }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(frames, fc.integer({ min: 1, max: 40 }), async (sent, pieceBytes) => {
        const all = Buffer.concat(sent.map(({ header, payload }) => bytesOf(header, payload)));
        const pieces = [];
        for (let at = 0; at < all.length; at += pieceBytes) {
          pieces.push(all.subarray(at, at + pieceBytes));
        }
        expect(await decodeAll(pieces)).toEqual(sent);
      }),
    );
  });

  it.each([
    ["header", Uint8Array.of(0, 0, 0, 17, 0, 0, 0, 0)],
    ["payload", Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 65)],
    ["largest", new Uint8Array(8).fill(255)],
  ])("refuses a %s length beyond the bounds before its bytes come", async (_name, prefix) => {
    await expect(decodeAll([prefix])).rejects.toMatchObject({ code: "too-large" });
  });

  it("refuses a stream that ends inside a frame", async () => {
    const frame = bytesOf(HEADER, PAYLOAD);
    for (let length = 1; length < frame.length; length++) {
      const cut = decodeAll([frame.subarray(0, length)]);
      await expect(cut).rejects.toMatchObject({ code: "bad-request" });
    }
  });

  it("does not keep the payload alive with the header", async () => {
    const [frame] = await decodeAll([bytesOf(HEADER, PAYLOAD)]);
    expect(frame?.header.buffer).not.toBe(frame?.payload.buffer);
  });
});

describe("FrameStream", () => {
  it("carries frames both ways, in order", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    await opener.send(HEADER, PAYLOAD);
    await opener.send(PAYLOAD);
    await answerer.send(HEADER);
    expect(await answerer.next()).toEqual({ header: HEADER, payload: PAYLOAD });
    expect(await answerer.next()).toEqual({ header: PAYLOAD, payload: new Uint8Array() });
    expect(await opener.next()).toEqual({ header: HEADER, payload: new Uint8Array() });
  });

  it("sends in one write what was sent in one turn", async () => {
    const [opener, answerer] = openStreamPair();
    const frames = new FrameStream(opener, BOUNDS);
    await Promise.all([frames.send(HEADER), frames.send(PAYLOAD), frames.send(HEADER, PAYLOAD)]);
    await frames.close();
    const writes = [];
    for await (const bytes of answerer) writes.push(bytes);
    expect(writes).toHaveLength(1);
  });

  it("joins small pieces into one and does not copy long payloads", async () => {
    const sent: Uint8Array[] = [];
    const [opener] = openStreamPair();
    opener.send = async (bytes) => void sent.push(...(bytes as Uint8ArrayList));
    const wide = { headerBytesMax: 16, payloadBytesMax: 100_000 };
    const frames = new FrameStream(opener, wide);
    const long = new Uint8Array(50_000).fill(5);
    await Promise.all([frames.send(HEADER), frames.send(HEADER, long), frames.send(HEADER)]);
    expect(sent.map(({ length }) => length)).toEqual([22, long.length, 11]);
    expect(sent[1]).toBe(long);
    const [first, second, third] = await decodeAllOf([new Uint8ArrayList(...sent)], wide);
    expect([first, third]).toEqual([framed(), framed()]);
    expect(second).toEqual(framed(long));
  });

  it("nextHere gives the frames that came with the one before, and no other", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    await Promise.all([opener.send(HEADER), opener.send(HEADER, PAYLOAD)]);
    expect(answerer.nextHere()).toBeUndefined();
    expect(await answerer.next()).toEqual(framed());
    expect(answerer.nextHere()).toEqual(framed(PAYLOAD));
    expect(answerer.nextHere()).toBeUndefined();
    await opener.send(HEADER);
    expect(await answerer.next()).toEqual(framed());
  });

  it("goes on refusing after a frame that is too long", async () => {
    const [opener, answerer] = openStreamPair();
    const frames = new FrameStream(answerer, BOUNDS);
    await opener.send(Buffer.concat([new Uint8Array(8).fill(255), bytesOf(HEADER, PAYLOAD)]));
    await opener.send(bytesOf(HEADER, PAYLOAD));
    await expect(frames.next()).rejects.toMatchObject({ code: "too-large" });
    await expect(frames.next()).rejects.toMatchObject({ code: "too-large" });
  });

  it("next gives undefined once the other side closed", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    await opener.send(HEADER);
    await opener.close();
    expect(await answerer.next()).toBeDefined();
    expect(await answerer.next()).toBeUndefined();
  });

  it("next holds a frame to tighter bounds when told, the one after to its own again", async () => {
    const tight = { headerBytesMax: 3, payloadBytesMax: 0 };
    const [opener, answerer] = openFramePair(BOUNDS);
    await Promise.all([
      opener.send(HEADER),
      opener.send(HEADER, PAYLOAD),
      opener.send(HEADER, PAYLOAD),
    ]);
    expect(await answerer.next(tight)).toBeDefined();
    expect(await answerer.next()).toBeDefined();
    await expect(answerer.next(tight)).rejects.toMatchObject({ code: "too-large" });
  });

  it("send refuses what the other side would, and goes on", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    const long = opener.send(HEADER, new Uint8Array(65));
    await expect(long).rejects.toMatchObject({ code: "too-large" });
    await opener.send(HEADER);
    expect(await answerer.next()).toEqual({ header: HEADER, payload: new Uint8Array() });
  });

  it("send rejects after an abort, each time", async () => {
    const [opener] = openFramePair(BOUNDS);
    opener.abort(new Error("broken"));
    await expect(opener.send(HEADER)).rejects.toMatchObject({ code: "closed" });
    await expect(opener.send(HEADER)).rejects.toMatchObject({ code: "closed" });
    await opener.close();
  });
});
