/** A machine's identity: one Ed25519 key, kept in a file of its own. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { removeUnfinished, silentLog, systemDisk, writeFileDurably, type Log } from "@goliath/kit";
import { GoliathError, idOfPublicKey, type PeerId } from "@goliath/protocols/nouns";

export interface Identity {
  readonly peerId: PeerId;
  /** The Ed25519 private key. Never leaves this machine. */
  readonly key: KeyObject;
}

/** Bytes of an Ed25519 seed (RFC 8032, 5.1.5). */
export const SEED_BYTES = 32;
/** Read and written by its owner alone. */
const IDENTITY_MODE = 0o600;
/** Permission bits of everybody else. */
const OTHERS_MASK = 0o077;
/** PKCS #8 of an Ed25519 private key without its seed (RFC 8410, 7). */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * Reads the identity in `file`, a PKCS #8 key in PEM, or makes a new one there on first use. Throws
 * `bad-request` for a file that is no such key: a new key in its place would be another peer.
 */
export async function openIdentity(
  file: string,
  { log = silentLog }: { log?: Log } = {},
): Promise<Identity> {
  await removeUnfinished(file, { disk: systemDisk });
  const pem = await readIfThere(file);
  if (pem === undefined) return createIdentity(file);
  if (await isReadableByOthers(file)) {
    log.warn(`others can read the key of this machine: chmod 600 ${file}`, { file });
  }
  return identityFromKey(parseKey(pem, file));
}

/** The identity of a 32-byte seed: for tests, and for whoever keeps keys elsewhere. */
export function identityFromSeed(seed: Uint8Array): Identity {
  if (seed.length !== SEED_BYTES) {
    throw new GoliathError("bad-request", `a seed is ${SEED_BYTES} bytes, this has ${seed.length}`);
  }
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  return identityFromKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
}

/** The 32-byte seed of an identity's key. */
export function seedOf({ key }: Identity): Uint8Array {
  return new Uint8Array(Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url"));
}

function identityFromKey(key: KeyObject): Identity {
  const raw = createPublicKey(key).export({ format: "jwk" }).x ?? "";
  return { peerId: idOfPublicKey(Buffer.from(raw, "base64url")), key };
}

async function createIdentity(file: string): Promise<Identity> {
  const { privateKey } = generateKeyPairSync("ed25519");
  await mkdir(dirname(file), { recursive: true });
  const pem = privateKey.export({ format: "pem", type: "pkcs8" });
  await writeFileDurably(file, pem, { disk: systemDisk, mode: IDENTITY_MODE });
  return identityFromKey(privateKey);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parseKey(pem: string, file: string): KeyObject {
  const problem = `${file} holds no Ed25519 key in PEM: restore it, or move it away for a new identity`;
  const about = { file };
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new GoliathError("corrupt", problem, { cause, about });
  }
  if (key.asymmetricKeyType !== "ed25519") throw new GoliathError("corrupt", problem, { about });
  return key;
}

async function isReadableByOthers(file: string): Promise<boolean> {
  // Windows has no such bits: every file would look open.
  if (process.platform === "win32") return false;
  return ((await stat(file)).mode & OTHERS_MASK) !== 0;
}
