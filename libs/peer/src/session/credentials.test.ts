import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemDisk, type SqliteDatabase } from "@goliath/kit";
import { identityFromSeed } from "@goliath/net";
import type { DriveId, PeerId } from "@goliath/protocols/nouns";
import { signCertificate, signPass, type DriveLink } from "@goliath/protocols/pass";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPeerDatabase } from "../state/peer-database.ts";
import { Credentials } from "./credentials.ts";

const [DRIVE, INDEX, NEXT, SELF, OTHER] = [1, 2, 3, 4, 5].map((byte) =>
  identityFromSeed(new Uint8Array(32).fill(byte)),
) as [Identity, Identity, Identity, Identity, Identity];
type Identity = ReturnType<typeof identityFromSeed>;

const drive = DRIVE.peerId as string as DriveId;
const meeting = { index: INDEX.peerId, peer: SELF.peerId };

const certificateOf = (generation: number, index = INDEX): Uint8Array =>
  signCertificate({ drive, index: index.peerId, generation }, DRIVE.key);
const passOf = (peer: PeerId, index = INDEX): Uint8Array =>
  signPass({ drive, peer, role: "reader", issuedAt: 0, expiresAt: 1 }, index.key);

/** A link to our drive, or with another number to another. */
const linkTo = (number: number): DriveLink => ({
  drive: number === 1 ? drive : (OTHER.peerId as string as DriveId),
  index: number === 1 ? INDEX.peerId : NEXT.peerId,
  addresses: [`/ip4/127.0.0.1/tcp/${number}`],
  invite: Uint8Array.of(number),
});

let folder: string;
let database: SqliteDatabase;
let credentials: Credentials;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "goliath-credentials-"));
  database = openPeerDatabase(folder, { disk: systemDisk });
  credentials = new Credentials(database);
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

const noPass = expect.objectContaining({ code: "no-pass" });

describe("Credentials.take", () => {
  it("takes another drive's link after one that let nobody in", () => {
    credentials.take(linkTo(1));
    credentials.take(linkTo(2));
    expect(credentials).toMatchObject({
      drive: linkTo(2).drive,
      index: linkTo(2).index,
      addresses: linkTo(2).addresses,
    });
    expect(credentials.invite).toEqual(Buffer.of(2));
  });

  it("forgets an invite that a later link does not bring", () => {
    credentials.take(linkTo(1));
    const { invite: _, ...plain } = linkTo(1);
    credentials.take(plain);
    expect(credentials.invite).toBeUndefined();
  });

  it("refuses another drive's link once it was let in, and takes its own drive's", () => {
    credentials.take(linkTo(1));
    credentials.takePass(passOf(SELF.peerId), meeting);
    expect(() => credentials.take(linkTo(2))).toThrow(
      expect.objectContaining({ code: "bad-invite" }),
    );
    credentials.take({ ...linkTo(1), addresses: ["/ip4/127.0.0.1/tcp/9"] });
    expect(credentials).toMatchObject({
      drive: linkTo(1).drive,
      pass: Buffer.from(passOf(SELF.peerId)),
    });
    expect(credentials.addresses).toEqual(["/ip4/127.0.0.1/tcp/9"]);
  });
});

describe("Credentials", () => {
  beforeEach(() => credentials.take(linkTo(1)));

  it("keeps what the index gave, and the invite no longer", () => {
    credentials.admit({ certificate: certificateOf(3), pass: passOf(SELF.peerId) }, meeting);
    expect(credentials.certificate).toEqual(Buffer.from(certificateOf(3)));
    expect(credentials.pass).toEqual(Buffer.from(passOf(SELF.peerId)));
    expect(credentials.invite).toBeUndefined();
  });

  it("goes from one generation of the index to a later one, and never back", () => {
    for (const generation of [3, 3, 5]) {
      credentials.admit({ certificate: certificateOf(generation) }, meeting);
    }
    const old = { certificate: certificateOf(4), pass: passOf(SELF.peerId) };
    expect(() => credentials.admit(old, meeting)).toThrow(noPass);
    expect(credentials.certificate).toEqual(Buffer.from(certificateOf(5)));
    expect(credentials.pass).toBeUndefined();
  });

  it("refuses an index without a certificate, or with another's", () => {
    const pass = passOf(SELF.peerId);
    expect(() => credentials.admit({ pass }, meeting)).toThrow(noPass);
    const another = { certificate: certificateOf(9, NEXT), pass };
    expect(() => credentials.admit(another, meeting)).toThrow(noPass);
    const forged = signCertificate({ drive, index: INDEX.peerId, generation: 9 }, INDEX.key);
    expect(() => credentials.admit({ certificate: forged, pass }, meeting)).toThrow(noPass);
    expect(credentials.pass).toBeUndefined();
  });

  it("refuses a pass that is another's or that the index did not sign", () => {
    const certificate = certificateOf(1);
    for (const pass of [passOf(OTHER.peerId), passOf(SELF.peerId, NEXT), Uint8Array.of(1, 2, 3)]) {
      expect(() => credentials.admit({ certificate, pass }, meeting)).toThrow(noPass);
      expect(() => credentials.takePass(pass, meeting)).toThrow(noPass);
    }
    expect(credentials.pass).toBeUndefined();
    expect(credentials.invite).toBeDefined();
  });

  it("forgets a revocation when the whole list comes without it", () => {
    credentials.revoke([SELF.peerId, OTHER.peerId]);
    credentials.revoke([NEXT.peerId]);
    expect(credentials.isRevoked(OTHER.peerId)).toBe(true);
    credentials.revoke([OTHER.peerId], { all: true });
    expect([SELF, OTHER, NEXT].map(({ peerId }) => credentials.isRevoked(peerId))).toEqual([
      false,
      true,
      false,
    ]);
  });
});
