import { describe, expect, it } from "vitest";
import { openFramePair } from "../testing/frame-pair.ts";
import {
  CANCEL,
  decodeToyReply,
  EMPTY,
  encodeToy,
  isToyCancel,
  TOY_BOUNDS,
  type Toy,
} from "../testing/toy-calls.ts";
import type { FrameStream } from "./frame.ts";
import { TwoWayCalls, type TwoWayInit } from "./two-way-calls.ts";

type Both = TwoWayCalls<Toy, Toy, Toy, Toy>;
type Handle = TwoWayInit<Toy, Toy, Toy, Toy>["answer"]["handle"];

function open(frames: FrameStream, handle: Handle, inFlightMax = 4): Both {
  return new TwoWayCalls<Toy, Toy, Toy, Toy>({
    frames,
    decode: (header) => {
      const message = decodeToyReply(header);
      return message.status === undefined ? { request: message } : { reply: message };
    },
    ask: { encode: encodeToy, cancel: CANCEL },
    answer: { encode: encodeToy, handle, refusal: EMPTY, isCancel: isToyCancel, inFlightMax },
  });
}

describe("TwoWayCalls", () => {
  it("answers the other side's calls while its own wait, one inside the other", async () => {
    const [opener, answerer] = openFramePair(TOY_BOUNDS);
    const a: Both = open(opener, async ({ body }) => ({ body: { word: `a${body.word}` } }));
    const b: Both = open(answerer, async ({ body }) => {
      const { body: inner } = await b.call({ word: body.word });
      return { body: { word: `b${inner.word}` } };
    });
    const replies = await Promise.all([a.call({ word: "1" }), a.call({ word: "2" })]);
    expect(replies.map(({ body }) => body.word)).toEqual(["ba1", "ba2"]);
    await a.close();
    expect(await b.closed).toBeUndefined();
    expect(await a.closed).toBeUndefined();
  });

  it("refuses calls beyond its bound instead of waiting, so that replies still come", async () => {
    const [opener, answerer] = openFramePair(TOY_BOUNDS);
    const a: Both = open(opener, async ({ body }) => ({ body }));
    let answerAll = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answerAll = resolve));
    const b: Both = open(
      answerer,
      async ({ body }) => {
        await answered;
        return { body };
      },
      2,
    );
    const taken = [a.call({ word: "1" }), a.call({ word: "2" })];
    await expect(a.call({ word: "3" })).rejects.toMatchObject({ code: "busy" });
    expect((await b.call({ word: "back" })).body.word).toBe("back");
    answerAll();
    await Promise.all(taken);
  });

  it("close lets what is under way end on both sides", async () => {
    const [opener, answerer] = openFramePair(TOY_BOUNDS);
    const a: Both = open(opener, async ({ body }) => ({ body }));
    const b: Both = open(answerer, async ({ body }) => ({ body }));
    const call = a.call({ word: "1" });
    await new Promise(setImmediate);
    await a.close();
    expect((await call).body.word).toBe("1");
    await expect(a.call({ word: "2" })).rejects.toMatchObject({ code: "closed" });
    await Promise.all([a.closed, b.closed]);
  });

  it("tells what broke the stream, and aborts what runs", async () => {
    const [opener, answerer] = openFramePair(TOY_BOUNDS);
    const b: Both = open(
      answerer,
      (_request, { signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
        ),
    );
    const call = b.call({ word: "1" });
    call.catch(() => undefined);
    await opener.send(encodeToy({ call: 1, word: "stuck" }));
    await opener.send(Buffer.from("garbage"));
    expect(await b.closed).toMatchObject({ code: "bad-request" });
    await expect(call).rejects.toMatchObject({ code: "closed" });
  });
});
