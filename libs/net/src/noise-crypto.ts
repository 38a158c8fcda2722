/**
 * The cryptography of noise by node:crypto, with each cipher's key prepared once. libp2p's default
 * hands node:crypto the raw key with every message, which costs a third of the time of the longest.
 * Short messages are encrypted in WebAssembly there and here: setting up a cipher costs more.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { ChaCha20Poly1305, newInstance } from "@chainsafe/as-chacha20poly1305";
import { pureJsCrypto, type ICryptoInterface, type KeyPair } from "@libp2p/noise";
import { Uint8ArrayList } from "uint8arraylist";

type Bytes = Uint8Array | Uint8ArrayList;

const CIPHER = "chacha20-poly1305";
/** Bytes of a Poly1305 tag (RFC 8439, 2.5). */
const TAG_BYTES = 16;
/** An X25519 key in DER without its 32 bytes: PKCS #8 and SPKI (RFC 8410, 4 and 7). */
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");
const PUBLIC_PREFIX = Buffer.from("302a300506032b656e032100", "hex");

/** Bytes of the shortest message that node:crypto encrypts sooner. */
const SHORT_BYTES = 1024;
const short = new ChaCha20Poly1305(newInstance());

/** Of each direction of each connection, for as long as noise holds the key itself. */
const prepared = new WeakMap<Uint8Array, KeyObject>();

export const noiseCrypto: ICryptoInterface = {
  ...pureJsCrypto,
  hashSHA256: (data) => {
    const hash = createHash("sha256");
    for (const piece of piecesOf(data)) hash.update(piece);
    return hash.digest();
  },
  generateX25519KeyPair: () => pairOf(generateKeyPairSync("x25519").privateKey),
  generateX25519KeyPairFromSeed: (seed) => pairOf(privateKeyOf(seed)),
  generateX25519SharedKey: (privateKey, publicKey) =>
    diffieHellman({
      privateKey: privateKeyOf(privateKey.subarray()),
      publicKey: createPublicKey({
        key: Buffer.concat([PUBLIC_PREFIX, publicKey.subarray()]),
        format: "der",
        type: "spki",
      }),
    }),
  chaCha20Poly1305Encrypt: encrypt,
  chaCha20Poly1305Decrypt: decrypt,
};

function encrypt(plain: Bytes, nonce: Uint8Array, about: Uint8Array, key: Uint8Array): Bytes {
  if (plain.byteLength < SHORT_BYTES) return short.seal(key, nonce, plain.subarray(), about);
  const cipher = createCipheriv(CIPHER, keyOf(key), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(about, { plaintextLength: plain.byteLength });
  const output = new Uint8ArrayList();
  for (const piece of piecesOf(plain)) output.append(cipher.update(piece));
  cipher.final();
  output.append(cipher.getAuthTag());
  return output;
}

/** Throws when the tag is not that of these bytes under this key. */
function decrypt(sealed: Bytes, nonce: Uint8Array, about: Uint8Array, key: Uint8Array): Bytes {
  const plainBytes = sealed.byteLength - TAG_BYTES;
  if (plainBytes < 0) throw new RangeError("a message shorter than its tag");
  if (plainBytes < SHORT_BYTES) return openShort(sealed.subarray(), { nonce, about, key });
  const decipher = createDecipheriv(CIPHER, keyOf(key), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(about, { plaintextLength: plainBytes });
  decipher.setAuthTag(sealed.subarray(plainBytes));
  const output = new Uint8ArrayList();
  const plain =
    sealed instanceof Uint8Array ? sealed.subarray(0, plainBytes) : sealed.sublist(0, plainBytes);
  for (const piece of piecesOf(plain)) output.append(decipher.update(piece));
  decipher.final();
  return output;
}

interface Sealing {
  nonce: Uint8Array;
  about: Uint8Array;
  key: Uint8Array;
}

function openShort(sealed: Uint8Array, { nonce, about, key }: Sealing): Uint8Array {
  const plain = short.open(key, nonce, sealed, about);
  if (!plain) throw new RangeError("a message that was changed");
  return plain;
}

function keyOf(bytes: Uint8Array): KeyObject {
  const known = prepared.get(bytes) ?? createSecretKey(bytes);
  prepared.set(bytes, known);
  return known;
}

function piecesOf(data: Bytes): Iterable<Uint8Array> {
  return data instanceof Uint8Array ? [data] : data;
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([PRIVATE_PREFIX, seed]),
    format: "der",
    type: "pkcs8",
  });
}

function pairOf(key: KeyObject): KeyPair {
  const privateKey = key.export({ format: "der", type: "pkcs8" }).subarray(PRIVATE_PREFIX.length);
  const publicKey = createPublicKey(key)
    .export({ format: "der", type: "spki" })
    .subarray(PUBLIC_PREFIX.length);
  return { privateKey, publicKey };
}
