import { pureJsCrypto } from "@libp2p/noise";
import { Uint8ArrayList } from "uint8arraylist";
import { describe, expect, it } from "vitest";
import { noiseCrypto } from "./noise-crypto.ts";

const bytes = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17) & 0xff);
const key = bytes(32, 1);
const nonce = bytes(12, 2);
const about = bytes(32, 3);
/** Both sides of where the one cipher takes over from the other, and the longest message. */
const LENGTHS = [0, 1, 15, 16, 200, 1023, 1024, 1200, 65_519];

/** The same bytes in pieces, as they come off a socket. */
const cut = (data: Uint8Array) =>
  new Uint8ArrayList(data.subarray(0, 7), data.subarray(7, 100), data.subarray(100));

describe("noiseCrypto", () => {
  it.each(LENGTHS)("encrypts and decrypts %i bytes as the reference does", (length) => {
    const plain = bytes(length, 4);
    const sealed = pureJsCrypto.chaCha20Poly1305Encrypt(plain, nonce, about, key).subarray();
    for (const data of [plain, cut(plain)]) {
      const ours = noiseCrypto.chaCha20Poly1305Encrypt(data, nonce, about, key).subarray();
      expect(Buffer.from(ours).equals(sealed)).toBe(true);
    }
    for (const data of [sealed, cut(sealed)]) {
      const ours = noiseCrypto.chaCha20Poly1305Decrypt(data, nonce, about, key).subarray();
      expect(Buffer.from(ours).equals(plain)).toBe(true);
    }
  });

  it.each([200, 2000])("throws for %i bytes changed, cut, or of another key or nonce", (length) => {
    const plain = bytes(length, 4);
    const sealed = noiseCrypto.chaCha20Poly1305Encrypt(plain, nonce, about, key).subarray();
    const changed = (data: Uint8Array) => data.map((byte, i) => (i === 5 ? byte ^ 1 : byte));
    const cases: [Uint8Array, Uint8Array, Uint8Array, Uint8Array][] = [
      [changed(sealed), nonce, about, key],
      [sealed.subarray(0, -1), nonce, about, key],
      [sealed.subarray(0, 15), nonce, about, key],
      [sealed, changed(nonce), about, key],
      [sealed, nonce, changed(about), key],
      [sealed, nonce, about, changed(key)],
    ];
    for (const [data, n, ad, k] of cases) {
      expect(() => noiseCrypto.chaCha20Poly1305Decrypt(data, n, ad, k)).toThrow();
    }
  });

  it("agrees on keys and digests with the reference", () => {
    const [ours, theirs] = [noiseCrypto, pureJsCrypto].map((crypto, i) =>
      crypto.generateX25519KeyPairFromSeed(bytes(32, i + 5)),
    );
    const generated = noiseCrypto.generateX25519KeyPair();
    if (!ours || !theirs) throw new Error("no keys");
    for (const pair of [ours, generated]) {
      const here = noiseCrypto.generateX25519SharedKey(pair.privateKey, theirs.publicKey);
      const there = pureJsCrypto.generateX25519SharedKey(theirs.privateKey, pair.publicKey);
      expect(Buffer.from(here).equals(Buffer.from(there))).toBe(true);
    }
    const data = bytes(1000, 7);
    for (const input of [data, cut(data)]) {
      const digest = Buffer.from(noiseCrypto.hashSHA256(input));
      expect(digest.equals(Buffer.from(pureJsCrypto.hashSHA256(data)))).toBe(true);
    }
  });
});
