import { describe, expect, it } from "vitest";
import { GoliathError } from "../nouns/exports.ts";
import { openFramePair } from "../testing/frame-pair.ts";
import {
  CANCEL,
  decodeToy,
  decodeToyReply,
  EMPTY,
  encodeToy,
  isToyCancel,
  TOY_BOUNDS,
  type Toy,
} from "../testing/toy-calls.ts";
import { Caller } from "./caller.ts";
import { REQUEST_BYTES_HELD_MAX } from "./calls.ts";
import { serveCalls, type ServeInit } from "./serve-calls.ts";

type Init = Partial<ServeInit<Toy, Toy>> & Pick<ServeInit<Toy, Toy>, "handle">;

function serve(init: Init) {
  const [opener, answerer] = openFramePair(TOY_BOUNDS);
  const served = serveCalls<Toy, Toy>({
    frames: answerer,
    decode: decodeToy,
    encode: encodeToy,
    refusal: EMPTY,
    isCancel: isToyCancel,
    ...init,
  });
  // Tests that care await it too.
  served.catch(() => undefined);
  return { opener, served };
}

function serveCaller(init: Init) {
  const { opener, served } = serve(init);
  const caller = new Caller<Toy, Toy>({
    frames: opener,
    encode: encodeToy,
    decode: decodeToyReply,
    cancel: CANCEL,
  });
  return { caller, served };
}

/** A handler whose calls the test ends one by one. */
function createGate() {
  const waiting = new Map<string, () => void>();
  const started: string[] = [];
  let wake = (): void => undefined;
  return {
    started,
    open: (word: string) => waiting.get(word)?.(),
    /** Resolves once `count` calls have begun. */
    begun: async (count: number) => {
      while (started.length < count) await new Promise<void>((resolve) => (wake = resolve));
    },
    handle: async ({ body }: { body: Toy }) => {
      const opened = new Promise<void>((resolve) => waiting.set(body.word, resolve));
      started.push(body.word);
      wake();
      await opened;
      return { body };
    },
  };
}

describe("serveCalls", () => {
  it("answers in the order in which the work ends, and returns after a close", async () => {
    const gate = createGate();
    const { caller, served } = serveCaller({ handle: gate.handle });
    const ended: string[] = [];
    const calls = ["a", "b"].map((word) => caller.call({ word }).then(() => ended.push(word)));
    await gate.begun(2);
    gate.open("b");
    await calls[1];
    await caller.close();
    gate.open("a");
    await served;
    await calls[0];
    expect(ended).toEqual(["b", "a"]);
  });

  it("sends a thrown error as its status, and a fault as internal, told to the owner", async () => {
    const faults: GoliathError[] = [];
    const { caller } = serveCaller({
      handle: async ({ body }) => {
        if (body.word === "fault") throw new TypeError("secret");
        throw new GoliathError("not-found", "secret", { about: { path: "/x" } });
      },
      onFault: (error) => faults.push(error),
    });
    const refused = { code: "not-found", message: "nothing is there: /x", about: { path: "/x" } };
    await expect(caller.call({ word: "a" })).rejects.toMatchObject(refused);
    const fault = await caller.call({ word: "fault" }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: "internal" });
    expect(String(fault)).not.toContain("secret");
    expect(faults.map(({ message }) => message)).toEqual(["secret"]);
  });

  it("answers too-large where the reply does not fit in a frame", async () => {
    const payload = new Uint8Array(TOY_BOUNDS.payloadBytesMax + 1);
    const { caller } = serveCaller({ handle: async ({ body }) => ({ body, payload }) });
    await expect(caller.call({ word: "a" })).rejects.toMatchObject({ code: "too-large" });
  });

  it("tells who looks only later that the call was given up", async () => {
    const gate = createGate();
    const looked = Promise.withResolvers<boolean>();
    const { caller } = serveCaller({
      handle: async (request, options) => {
        await gate.handle(request);
        looked.resolve(options.signal.aborted);
        return { body: request.body };
      },
    });
    const control = new AbortController();
    const call = caller.call({ word: "a" }, { signal: control.signal });
    await gate.begun(1);
    control.abort();
    await expect(call).rejects.toMatchObject({ code: "aborted" });
    // The request that gives it up comes before this one.
    const next = caller.call({ word: "b" });
    await gate.begun(2);
    gate.open("a");
    expect(await looked.promise).toBe(true);
    gate.open("b");
    await next;
  });

  it("takes up no more than its bounds, and works on no more than are active", async () => {
    const gate = createGate();
    const { caller } = serveCaller({ handle: gate.handle, inFlightMax: 2, activeMax: 1 });
    const calls = ["a", "b", "c"].map((word) => caller.call({ word }));
    await gate.begun(1);
    await new Promise(setImmediate);
    expect(gate.started).toEqual(["a"]);
    for (const [index, word] of ["a", "b", "c"].entries()) {
      await gate.begun(index + 1);
      gate.open(word);
    }
    await Promise.all(calls);
  });

  it("reads no further while it holds as many payload bytes as it may", async () => {
    const gate = createGate();
    const { caller } = serveCaller({ handle: gate.handle });
    const payload = new Uint8Array(TOY_BOUNDS.payloadBytesMax);
    const count = REQUEST_BYTES_HELD_MAX / payload.length;
    const words = Array.from({ length: count + 1 }, (_, index) => `${index}`);
    const calls = words.map((word) => caller.call({ word }, { payload }));
    await gate.begun(count - 1);
    while (gate.started.length < count) await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(gate.started).toHaveLength(count);
    gate.open("0");
    await gate.begun(count + 1);
    for (const word of words) gate.open(word);
    await Promise.all(calls);
  });

  it("aborts the one call that is given up", async () => {
    const signals = new Map<string, AbortSignal>();
    const gate = createGate();
    const { caller } = serveCaller({
      handle: (request, { signal }) => {
        signals.set(request.body.word, signal);
        return gate.handle(request);
      },
    });
    const control = new AbortController();
    const other = caller.call({ word: "b" });
    const given = caller.call({ word: "a" }, { signal: control.signal });
    await gate.begun(2);
    const aborted = new Promise((resolve) =>
      signals.get("a")?.addEventListener("abort", resolve, { once: true }),
    );
    control.abort();
    await expect(given).rejects.toMatchObject({ code: "aborted" });
    await aborted;
    expect(signals.get("b")?.aborted).toBe(false);
    gate.open("a");
    gate.open("b");
    await other;
  });

  it("never begins a call that is given up while it waits to be worked on", async () => {
    const gate = createGate();
    const cancelRead = Promise.withResolvers<void>();
    const { caller } = serveCaller({
      handle: gate.handle,
      activeMax: 1,
      decode: (header) => {
        const request = decodeToy(header);
        if (isToyCancel(request)) cancelRead.resolve();
        return request;
      },
    });
    const control = new AbortController();
    const a = caller.call({ word: "a" });
    const b = caller.call({ word: "b" }, { signal: control.signal });
    const c = caller.call({ word: "c" });
    await gate.begun(1);
    control.abort();
    await expect(b).rejects.toMatchObject({ code: "aborted" });
    await cancelRead.promise;
    gate.open("a");
    await gate.begun(2);
    gate.open("c");
    await Promise.all([a, c]);
    expect(gate.started).toEqual(["a", "c"]);
  });

  it.each([
    ["bytes that are no request", ["garbage"]],
    ["a number that is in use", ['{"call":1,"word":"a"}', '{"call":1,"word":"b"}']],
  ])("aborts the stream and what runs for %s", async (_name, headers) => {
    const { opener, served } = serve({
      handle: (_request, { signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
        ),
    });
    for (const header of headers) await opener.send(Buffer.from(header));
    await expect(served).rejects.toMatchObject({ code: "bad-request" });
    await expect(opener.next()).rejects.toMatchObject({ code: "closed" });
  });

  it("ends what runs when the stream breaks, a reply nobody reads too", async () => {
    const payload = new Uint8Array(TOY_BOUNDS.payloadBytesMax);
    const { opener, served } = serve({ handle: async ({ body }) => ({ body, payload }) });
    for (let call = 1; call <= 10; call++) await opener.send(encodeToy({ word: "a", call }));
    opener.abort(new Error("gone"));
    await expect(served).rejects.toMatchObject({ code: "closed" });
  });
});
