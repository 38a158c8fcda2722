import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeyPairSync } from "node:crypto";
import { privateKeyFromRaw } from "@libp2p/crypto/keys";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { describe, expect, it } from "vitest";
import { createLog } from "@goliath/kit";
import { publicKeyOf } from "@goliath/protocols/nouns";
import { identityFromSeed, openIdentity, seedOf } from "./identity.ts";

const SEED = Uint8Array.from({ length: 32 }, (_, i) => i);

async function folder() {
  const path = await mkdtemp(join(tmpdir(), "goliath-identity-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

describe("openIdentity", () => {
  it("makes a key once, readable by its owner alone, and finds it again", async () => {
    await using dir = await folder();
    const file = join(dir.path, "deep", "identity.pem");
    const made = await openIdentity(file);
    const found = await openIdentity(file);
    expect(found.peerId).toBe(made.peerId);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(dir.path, "deep"))).toEqual(["identity.pem"]);
    expect((await openIdentity(join(dir.path, "other.pem"))).peerId).not.toBe(made.peerId);
  });

  it("refuses a malformed file and leaves it as it is", async () => {
    await using dir = await folder();
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    for (const text of ["", "no key", rsa.export({ format: "pem", type: "pkcs8" }).toString()]) {
      const file = join(dir.path, "identity.pem");
      await writeFile(file, text, { mode: 0o600 });
      await expect(openIdentity(file)).rejects.toMatchObject({
        code: "corrupt",
        about: { file },
      });
      expect(await readFile(file, "utf8")).toBe(text);
    }
  });

  it.skipIf(process.platform === "win32")("warns of a key others can read", async () => {
    await using dir = await folder();
    const file = join(dir.path, "identity.pem");
    const { peerId } = await openIdentity(file);
    const lines: string[] = [];
    const log = createLog({ name: "test", write: (line) => lines.push(line) });
    await openIdentity(file, { log });
    expect(lines).toEqual([]);
    await chmod(file, 0o644);
    expect((await openIdentity(file, { log })).peerId).toBe(peerId);
    expect(lines.join()).toContain("chmod 600");
  });
});

describe("identityFromSeed", () => {
  it("gives the peer id libp2p gives the same key", () => {
    const identity = identityFromSeed(SEED);
    expect(Buffer.from(seedOf(identity))).toEqual(Buffer.from(SEED));
    const raw = Buffer.concat([SEED, publicKeyOf(identity.peerId)]);
    expect(identity.peerId).toBe(peerIdFromPrivateKey(privateKeyFromRaw(raw)).toString());
  });

  it("refuses a seed of another length", () => {
    expect(() => identityFromSeed(new Uint8Array(31))).toThrow(
      expect.objectContaining({ code: "bad-request" }),
    );
  });
});
