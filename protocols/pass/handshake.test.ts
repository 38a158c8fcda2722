import { describe, expect, it } from "vitest";
import { GoliathError } from "../nouns/exports.ts";
import { openFramePair, openStreamPair } from "../testing/frame-pair.ts";
import { testKey } from "../testing/test-keys.ts";
import { encodeFrame, FrameStream } from "../wire/exports.ts";
import {
  encodeHello,
  greet,
  HANDSHAKE_BOUNDS,
  welcome,
  type Hello,
  type Welcome,
} from "./handshake.ts";

/** A protocol's bounds: larger than the handshake's. */
const BOUNDS = { headerBytesMax: 1024 * 1024, payloadBytesMax: 1024 * 1024 };
const HELLO: Hello = { drive: testKey(1).drive, name: "m", pass: Uint8Array.of(1, 2) };
const WELCOME: Welcome = { certificate: Uint8Array.of(3), pass: Uint8Array.of(4) };

/** Sends raw bytes where a hello belongs and gives what `welcome` makes of it. */
async function answerTo(...pieces: Uint8Array[]): Promise<unknown> {
  const [opener, answerer] = openStreamPair();
  const answered = welcome(new FrameStream(answerer, BOUNDS), async () => WELCOME).catch(
    (error: unknown) => error,
  );
  for (const piece of pieces) await opener.send(piece);
  await opener.close();
  return answered;
}

describe("greet and welcome", () => {
  it("show each side what the other has, and leave the stream to the protocol", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    const [shown, seen] = await Promise.all([
      greet(opener, HELLO),
      welcome(answerer, async () => WELCOME),
    ]);
    expect(shown).toEqual(WELCOME);
    expect(seen).toEqual(HELLO);
    const large = new Uint8Array(BOUNDS.payloadBytesMax).fill(1);
    const [, frame] = await Promise.all([opener.send(Uint8Array.of(9), large), answerer.next()]);
    expect(frame?.payload).toHaveLength(large.length);
  });

  it("lets the opener send its first request without waiting", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    const greeted = greet(opener, HELLO);
    await opener.send(Uint8Array.of(9));
    await welcome(answerer, async () => WELCOME);
    expect((await answerer.next())?.header).toEqual(Uint8Array.of(9));
    await greeted;
  });

  it("tell the opener the code of a refusal, and nothing else", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    const greeted = greet(opener, HELLO);
    const refusal = new GoliathError("no-pass", "secret", { about: { path: "/secret" } });
    const answered = welcome(answerer, () => Promise.reject(refusal));
    const error = await greeted.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "no-pass", about: {} });
    expect(String(error)).not.toContain("secret");
    await expect(answered).rejects.toBe(refusal);
    expect(await opener.next()).toBeUndefined();
  });

  it("deliver the refusal though the answerer aborts as soon as it may", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    const greeted = greet(opener, HELLO);
    const refusal = new GoliathError("bad-invite", "used up");
    await Promise.allSettled([
      welcome(answerer, () => Promise.reject(refusal)).catch((error: Error) =>
        answerer.abort(error),
      ),
      expect(greeted).rejects.toMatchObject({ code: "bad-invite" }),
    ]);
    await expect(greeted).rejects.toMatchObject({ code: "bad-invite" });
  });
});

describe("greet", () => {
  it("rejects with closed when the other side hangs up", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    const greeted = greet(opener, HELLO);
    await answerer.close();
    await expect(greeted).rejects.toMatchObject({ code: "closed" });
  });

  it("ends the stream when it is aborted", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    const control = new AbortController();
    const greeted = greet(opener, HELLO, { signal: control.signal });
    await answerer.next();
    control.abort();
    await expect(greeted).rejects.toMatchObject({ code: "aborted" });
    await expect(answerer.next()).rejects.toMatchObject({ code: "closed" });
  });

  it("refuses to send a name that the other side would", async () => {
    const [opener] = openFramePair(BOUNDS);
    const greeted = greet(opener, { ...HELLO, name: "a\u0000" });
    await expect(greeted).rejects.toMatchObject({ code: "bad-request" });
  });
});

describe("welcome", () => {
  it("rejects with timeout when nobody speaks and the signal is one", async () => {
    const [, answerer] = openFramePair(BOUNDS);
    const answered = welcome(answerer, async () => WELCOME, { signal: AbortSignal.timeout(1) });
    await expect(answered).rejects.toMatchObject({ code: "timeout" });
  });

  it("never asks for admission of a hello it cannot read", async () => {
    const [opener, answerer] = openFramePair(BOUNDS);
    let asked = false;
    const answered = welcome(answerer, async () => {
      asked = true;
      return WELCOME;
    });
    answered.catch(() => undefined);
    await opener.send(Uint8Array.of(0xff));
    await opener.close();
    await expect(answered).rejects.toMatchObject({ code: "bad-request" });
    expect(asked).toBe(false);
  });

  it("takes no more memory than its bounds before it admits, whatever the protocol's", async () => {
    const hello = encodeHello(HELLO);
    const cases = [
      encodeFrame(new Uint8Array(HANDSHAKE_BOUNDS.headerBytesMax + 1)),
      encodeFrame(hello, Uint8Array.of(1)),
      [Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)],
    ];
    for (const pieces of cases) {
      expect(await answerTo(...pieces)).toMatchObject({ code: "too-large" });
    }
  });

  it("ends with one of ours when the opener leaves in the middle", async () => {
    const frame = Buffer.concat(encodeFrame(encodeHello(HELLO)));
    expect(await answerTo()).toMatchObject({ code: "closed" });
    for (let length = 1; length < frame.length; length++) {
      expect(await answerTo(frame.subarray(0, length))).toMatchObject({ code: "bad-request" });
    }
    expect(await answerTo(frame)).toEqual(HELLO);
  });
});
