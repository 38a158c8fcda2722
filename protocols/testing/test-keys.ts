/** Ed25519 keys for tests: the same each time, so that signatures are too. */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { idOfPublicKey, type DriveId, type PeerId } from "../nouns/exports.ts";

/** PKCS #8 of an Ed25519 private key (RFC 8410, 7) up to its 32 bytes. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

export interface TestKey {
  key: KeyObject;
  id: PeerId;
  drive: DriveId;
}

/** The key whose 32 secret bytes are all `byte`. */
export function testKey(byte: number): TestKey {
  const der = Buffer.concat([PKCS8_PREFIX, Buffer.alloc(32, byte)]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  const id = idOfPublicKey(new Uint8Array(Buffer.from(x, "base64url")));
  return { key, id, drive: id as string as DriveId };
}
