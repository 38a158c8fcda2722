/** The tests every protocol's messages pass: its vectors, valid and invalid, and garbage. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GoliathError } from "../nouns/exports.ts";
import { mutated } from "./mutations.ts";
import { readVectors, toVectorJson } from "./vectors.ts";

/** Decodes bytes of one kind of message and gives its meaning and its bytes, encoded again. */
export type VectorForm = (bytes: Uint8Array) => { meaning: unknown; again: Uint8Array };

export function formOf<Meaning>(form: {
  decode: (bytes: Uint8Array) => Meaning;
  encode: (meaning: Meaning) => Uint8Array;
}): VectorForm {
  return (bytes) => {
    const meaning = form.decode(bytes);
    return { meaning, again: form.encode(meaning) };
  };
}

/** Random inputs for each test of garbage: a second or two where signatures are checked. */
const GARBAGE_RUNS = 1000;

/**
 * Reads `valid.txt` and `invalid.txt` in `folder` (see `vectors.ts`); `forms` has one entry for
 * each word that stands after `message` there.
 */
export async function describeVectors(
  folder: URL,
  forms: Record<string, VectorForm>,
): Promise<void> {
  const valid = await readVectors(new URL("valid.txt", folder));
  const invalid = await readVectors(new URL("invalid.txt", folder));
  const form = (message: string): VectorForm => {
    const found = forms[message];
    if (!found) throw new Error(`a vector is of an unknown message: ${message}`);
    return found;
  };

  describe("vectors", () => {
    it.each(valid)("$message is taken: $title", ({ message, bytes, decodes }) => {
      const { meaning, again } = form(message)(bytes);
      expect(toVectorJson(meaning)).toEqual(decodes);
      expect(toVectorJson(new Uint8Array(again))).toBe(toVectorJson(bytes));
    });

    it.each(invalid)("$message is refused: $title", ({ message, bytes, refused }) => {
      expect(() => form(message)(bytes)).toThrow(expect.objectContaining({ code: refused }));
    });

    it("are of every message, valid and invalid", () => {
      const known = Object.keys(forms).toSorted();
      for (const vectors of [valid, invalid]) {
        expect([...new Set(vectors.map(({ message }) => message))].toSorted()).toEqual(known);
      }
    });

    it.each(Object.keys(forms))("%s refuses garbage with an error of ours", (message) => {
      const samples = [...valid, ...invalid].filter((vector) => vector.message === message);
      const garbage = fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        // They get further into a decoder than noise does.
        mutated(samples.map(({ bytes }) => bytes)),
      );
      fc.assert(
        fc.property(garbage, (bytes) => {
          try {
            form(message)(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(GoliathError);
          }
        }),
        { numRuns: GARBAGE_RUNS },
      );
    });
  });
}
