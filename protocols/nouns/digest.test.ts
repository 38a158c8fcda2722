import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cidOf,
  decodeMultihash,
  digestOf,
  encodeMultihash,
  equalBytes,
  parseDigest,
} from "./digest.ts";
import { GoliathError } from "./error.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("digests", () => {
  // FIPS 180-4's example, and the digest of nothing.
  it.each([
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ])("digestOf %j is its sha2-256", (text, digest) => {
    expect(hex(digestOf(Buffer.from(text)))).toBe(digest);
  });

  it.each([
    // What `ipfs add --raw-leaves` and every CID tool say of these bytes.
    ["", "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"],
    ["hello world", "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"],
  ])("cidOf the bytes %j is their CIDv1", (text, cid) => {
    expect(cidOf(digestOf(Buffer.from(text)))).toBe(cid);
  });

  it("encodeMultihash writes 12 20 before the digest, and decodeMultihash takes it", () => {
    const digest = digestOf(Buffer.from("abc"));
    const multihash = encodeMultihash(digest);
    expect(hex(multihash)).toBe(`1220${hex(digest)}`);
    expect(hex(decodeMultihash(multihash))).toBe(hex(digest));
  });

  it("decodeMultihash refuses another hash with unsupported", () => {
    const sha512 = Buffer.concat([Buffer.from([0x13, 0x40]), Buffer.alloc(64)]);
    expect(() => decodeMultihash(sha512)).toThrow(expect.objectContaining({ code: "unsupported" }));
  });

  it("decodeMultihash refuses any other bytes with one of our errors", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          decodeMultihash(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(GoliathError);
        }
      }),
    );
    const short = Buffer.concat([Buffer.from([0x12, 0x1f]), Buffer.alloc(31)]);
    expect(() => decodeMultihash(short)).toThrow(expect.objectContaining({ code: "bad-request" }));
  });

  it.each([0, 31, 33])("parseDigest refuses %i bytes", (length) => {
    expect(() => parseDigest(new Uint8Array(length))).toThrow(
      expect.objectContaining({ code: "bad-request" }),
    );
  });

  it("equalBytes compares contents and lengths", () => {
    expect(equalBytes(Uint8Array.of(1, 2), Buffer.from([1, 2]))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false);
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true);
  });
});
