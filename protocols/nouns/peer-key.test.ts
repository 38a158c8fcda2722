import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GoliathError } from "./error.ts";
import { idOfPublicKey, parseDriveId, parsePeerId, publicKeyOf } from "./peer-key.ts";

/** libp2p's specification, peer-ids: the Ed25519 key of its test vectors; the id is what js-libp2p says of it. */
const KEY = "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";
const refused = expect.objectContaining({ code: "bad-request" });

describe("peer ids", () => {
  it("idOfPublicKey and publicKeyOf are each other's inverse", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const id = idOfPublicKey(key);
        expect(id).toMatch(/^12D3KooW[1-9A-HJ-NP-Za-km-z]{44}$/u);
        expect(new Uint8Array(publicKeyOf(id))).toEqual(key);
      }),
    );
  });

  it("idOfPublicKey takes keys as node makes them", () => {
    const { publicKey } = generateKeyPairSync("ed25519");
    const raw = Buffer.from(String(publicKey.export({ format: "jwk" }).x), "base64url");
    expect(parsePeerId(idOfPublicKey(raw))).toBe(idOfPublicKey(raw));
  });

  it("idOfPublicKey writes the id of a known key", () => {
    const id = idOfPublicKey(Buffer.from(KEY, "hex"));
    expect(id).toBe("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");
    expect(parseDriveId(id)).toBe(id);
  });

  it.each([0, 31, 33])("idOfPublicKey refuses a key of %i bytes", (length) => {
    expect(() => idOfPublicKey(new Uint8Array(length))).toThrow(refused);
  });

  it.each([
    ["nothing", ""],
    ["a word", "attic"],
    ["an id of an RSA key", "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N"],
    ["letters that base58 leaves out", "12D3KooW0OIl"],
    ["a letter too few", "12D3KooWBmAwcd4PJNJvfV89HwE48nwkRmAgo8Vy3uQEyNNHBox"],
    ["a space before it", " 12D3KooWBmAwcd4PJNJvfV89HwE48nwkRmAgo8Vy3uQEyNNHBox2"],
    ["a very long text", "1".repeat(10_000)],
  ])("parsePeerId refuses %s", (_, text) => {
    expect(() => parsePeerId(text)).toThrow(refused);
  });

  it("parsePeerId takes one text only for each key", () => {
    const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    const ends = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 43, maxLength: 45 });
    fc.assert(
      fc.property(ends, (end) => {
        const text = `12D3KooW${end}`;
        try {
          expect(idOfPublicKey(publicKeyOf(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(GoliathError);
        }
      }),
    );
  });
});
