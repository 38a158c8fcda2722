import { describe, expect, it } from "vitest";
import { GoliathError } from "../nouns/exports.ts";
import { openFramePair } from "../testing/frame-pair.ts";
import {
  CANCEL,
  decodeToy,
  decodeToyReply,
  encodeToy,
  TOY_BOUNDS,
  type Toy,
} from "../testing/toy-calls.ts";
import { Caller } from "./caller.ts";
import type { Numbered } from "./calls.ts";
import type { FrameStream } from "./frame.ts";

/** A caller, and the other side's end for the test to play. */
function openCaller(init: { inFlightMax?: number; cancel?: Toy } = {}) {
  const [opener, answerer] = openFramePair(TOY_BOUNDS);
  const caller = new Caller<Toy, Toy>({
    frames: opener,
    encode: encodeToy,
    decode: decodeToyReply,
    ...init,
  });
  return { caller, other: answerer };
}

async function receive(other: FrameStream): Promise<Toy & Numbered> {
  const frame = await other.next();
  if (!frame) throw new Error("the stream ended");
  return decodeToy(frame.header);
}

function reply(other: FrameStream, { call, word }: Toy & Numbered): Promise<void> {
  return other.send(Buffer.from(JSON.stringify({ call, word, status: 0, about: "" })));
}

describe("Caller", () => {
  it("gives each call its reply, in whatever order they come", async () => {
    const { caller, other } = openCaller();
    const a = caller.call({ word: "a" });
    const b = caller.call({ word: "b" });
    const [first, second] = [await receive(other), await receive(other)];
    await reply(other, { ...second, word: "B" });
    await reply(other, { ...first, word: "A" });
    expect((await a).body.word).toBe("A");
    expect((await b).body.word).toBe("B");
  });

  it("sends no more than its bound until a reply comes", async () => {
    const { caller, other } = openCaller({ inFlightMax: 1 });
    const a = caller.call({ word: "a" });
    const b = caller.call({ word: "b" });
    const first = await receive(other);
    let second: (Toy & Numbered) | undefined;
    const reading = receive(other).then((request) => (second = request));
    await new Promise(setImmediate);
    expect(second).toBeUndefined();
    await reply(other, first);
    await reply(other, await reading);
    await Promise.all([a, b]);
  });

  it("call rejects with the status the other side sent", async () => {
    const { caller, other } = openCaller();
    const call = caller.call({ word: "a" });
    const request = await receive(other);
    await other.send(Buffer.from(JSON.stringify({ ...request, status: 4, about: "/there" })));
    await expect(call).rejects.toMatchObject({ code: "exists", about: { path: "/there" } });
  });

  it("call that is aborted rejects, frees its slot, and its late reply harms nobody", async () => {
    const { caller, other } = openCaller({ inFlightMax: 1 });
    const control = new AbortController();
    const a = caller.call({ word: "a" }, { signal: control.signal });
    const first = await receive(other);
    control.abort();
    await expect(a).rejects.toMatchObject({ code: "aborted" });
    const b = caller.call({ word: "b" });
    const second = await receive(other);
    await reply(other, first);
    await reply(other, { ...second, word: "B" });
    expect((await b).body.word).toBe("B");
  });

  it("call that is aborted tells the other side where the protocol can", async () => {
    const { caller, other } = openCaller({ cancel: CANCEL });
    const control = new AbortController();
    const call = caller.call({ word: "a" }, { signal: control.signal });
    const request = await receive(other);
    control.abort();
    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(await receive(other)).toEqual({ ...CANCEL, call: request.call });
  });

  it("call that is aborted before it begins sends nothing", async () => {
    const { caller, other } = openCaller({ cancel: CANCEL });
    const call = caller.call({ word: "a" }, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: "aborted" });
    const waiting = caller.call({ word: "b" });
    expect((await receive(other)).word).toBe("b");
    caller.abort(new Error("enough"));
    await expect(waiting).rejects.toMatchObject({ code: "closed" });
  });

  it("call that does not fit in a frame rejects alone", async () => {
    const { caller, other } = openCaller();
    const long = caller.call({ word: "a".repeat(TOY_BOUNDS.headerBytesMax) });
    await expect(long).rejects.toMatchObject({ code: "too-large" });
    const short = caller.call({ word: "b" });
    await reply(other, await receive(other));
    await short;
  });

  it("rejects what waits when the other side closes, for its reply or for a slot", async () => {
    const { caller, other } = openCaller({ inFlightMax: 1 });
    const calls = [caller.call({ word: "a" }), caller.call({ word: "b" })];
    await other.close();
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: "closed" });
    await caller.closed;
    await expect(caller.call({ word: "c" })).rejects.toMatchObject({ code: "closed" });
  });

  it("close lets calls under way be answered and takes no more", async () => {
    const { caller, other } = openCaller();
    const call = caller.call({ word: "a" });
    const request = await receive(other);
    await caller.close();
    await expect(caller.call({ word: "b" })).rejects.toMatchObject({ code: "closed" });
    await reply(other, request);
    await call;
    expect(await other.next()).toBeUndefined();
  });

  it("aborts the stream for bytes that are no reply", async () => {
    const { caller, other } = openCaller();
    const call = caller.call({ word: "a" });
    await receive(other);
    await other.send(Buffer.from("garbage"));
    await expect(call).rejects.toMatchObject({ code: "closed", cause: { code: "bad-request" } });
    await caller.closed;
    await expect(other.next()).rejects.toBeInstanceOf(GoliathError);
  });

  it.each([
    ["to no call", [7]],
    ["that comes twice", [1, 1]],
  ])("ends the stream at a reply %s", async (_, calls) => {
    const { caller, other } = openCaller();
    const a = caller.call({ word: "a" });
    const b = caller.call({ word: "b" });
    b.catch(() => undefined);
    await receive(other);
    for (const call of calls) await reply(other, { call, word: "A" });
    if (calls.includes(1)) expect((await a).body.word).toBe("A");
    else await expect(a).rejects.toMatchObject({ code: "closed" });
    await expect(b).rejects.toMatchObject({ code: "closed" });
    await caller.closed;
  });

  it("takes one late reply for each call it has given up, and no more", async () => {
    const { caller, other } = openCaller({ cancel: CANCEL });
    const stop = new AbortController();
    const given = [caller.call({ word: "a" }, stop), caller.call({ word: "b" }, stop)];
    for (const _ of given) await receive(other);
    stop.abort();
    for (const call of given) await expect(call).rejects.toMatchObject({ code: "aborted" });
    await reply(other, { call: 2, word: "late" });
    await reply(other, { call: 1, word: "late" });
    const c = caller.call({ word: "c" });
    await reply(other, { call: 3, word: "C" });
    expect((await c).body.word).toBe("C");
    await reply(other, { call: 1, word: "later" });
    await caller.closed;
  });
});
