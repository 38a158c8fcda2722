import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HoldingsMessage } from "../holdings/generated/holdings.js";
import { GoliathError } from "../nouns/exports.ts";
import { decodeHeader } from "./header.ts";

describe("decodeHeader", () => {
  it("refuses groups nested until the stack ends", () => {
    // Field 100 begins a group, and inside it again, and so on.
    const nested = Buffer.alloc(256 * 1024, Buffer.from("a306", "hex"));
    expect(() => decodeHeader(HoldingsMessage, nested)).toThrow(
      expect.objectContaining({ code: "bad-request" }),
    );
  });

  it("refuses a list longer than its .proto allows", () => {
    const addresses = Array.from({ length: 33 }, () => "/ip4/127.0.0.1/tcp/1");
    const bytes = HoldingsMessage.encode({
      call: 1,
      heartbeat: { addresses, name: "", capacityBytes: 0, freeBytes: 0, load: 0 },
    });
    expect(() => decodeHeader(HoldingsMessage, bytes)).toThrow(
      expect.objectContaining({ code: "too-large" }),
    );
  });

  it("throws nothing but ours", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeHeader(HoldingsMessage, bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(GoliathError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
