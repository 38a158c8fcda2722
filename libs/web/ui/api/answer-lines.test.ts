import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerLines } from "./answer-lines.ts";

/** A stream of exactly these pieces. */
function streamOf(pieces: Uint8Array[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new Uint8Array(piece));
      controller.close();
    },
  });
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("answerLines", () => {
  it("gives the same lines however the bytes are cut, even within a letter", async () => {
    const lines = [{ progress: { name: "Ænima – 日本" } }, { progress: 2 }, { result: "🗂" }];
    const whole = bytes(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.length)), async (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, index) => whole.subarray(at[index], end));
        expect(await Array.fromAsync(answerLines(streamOf(pieces)))).toEqual(lines);
      }),
    );
  });

  it("takes a last line without an end", async () => {
    const lines = answerLines(streamOf([bytes('{"result":1}')]));
    expect(await Array.fromAsync(lines)).toEqual([{ result: 1 }]);
  });

  it.each(["<!doctype html>", "[1]", "null", '"x"', "{"])("refuses %s", async (text) => {
    const lines = answerLines(streamOf([bytes(`${text}\n`)]));
    await expect(Array.fromAsync(lines)).rejects.toMatchObject({ code: "internal" });
  });

  it("takes no line longer than its bound", async () => {
    const lines = answerLines(streamOf([bytes("x".repeat(11))]), 10);
    await expect(Array.fromAsync(lines)).rejects.toMatchObject({ code: "too-large" });
  });

  it("cancels the stream when it is left early", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => controller.enqueue(new Uint8Array(bytes('{"progress":1}\n'))),
      cancel: () => void (cancelled = true),
    });
    for await (const line of answerLines(endless)) {
      expect(line).toEqual({ progress: 1 });
      break;
    }
    expect(cancelled).toBe(true);
  });
});
