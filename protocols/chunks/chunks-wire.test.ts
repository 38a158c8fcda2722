import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GoliathError } from "../nouns/exports.ts";
import { readVectors, toVectorJson } from "../testing/vectors.ts";
import { decodeReply, decodeRequest, encodeReply, encodeRequest } from "./chunks-wire.ts";

const FORMS: Record<string, (bytes: Uint8Array) => { meaning: unknown; again: () => Uint8Array }> =
  {
    request: (bytes) => {
      const meaning = decodeRequest(bytes);
      return { meaning, again: () => encodeRequest(meaning) };
    },
    reply: (bytes) => {
      const meaning = decodeReply(bytes);
      return { meaning, again: () => encodeReply(meaning) };
    },
  };

const valid = await readVectors(new URL("vectors/valid.txt", import.meta.url));
const invalid = await readVectors(new URL("vectors/invalid.txt", import.meta.url));

describe("decodeRequest and decodeReply", () => {
  it.each(valid)("take: $message: $title", ({ message, bytes, decodes }) => {
    const decoded = FORMS[message]?.(bytes);
    expect(toVectorJson(decoded?.meaning)).toEqual(decodes);
    expect(Buffer.from(decoded?.again() ?? []).toString("hex")).toBe(
      Buffer.from(bytes).toString("hex"),
    );
  });

  it.each(invalid)("refuse: $message: $title", ({ message, bytes, refused }) => {
    expect(() => FORMS[message]?.(bytes)).toThrow(expect.objectContaining({ code: refused }));
  });

  it("throw nothing but ours for garbage, and for valid bytes with a few changed", () => {
    const samples = fc.constantFrom(...valid.map(({ bytes }) => bytes));
    const changed = fc
      .tuple(samples, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }))
      .map(([bytes, edits]) => {
        const copy = Uint8Array.from(bytes);
        for (const [at, byte] of edits) copy[at % copy.length] = byte;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), changed), (bytes) => {
        for (const form of Object.values(FORMS)) {
          try {
            form(bytes).again();
          } catch (error) {
            expect(error).toBeInstanceOf(GoliathError);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});
