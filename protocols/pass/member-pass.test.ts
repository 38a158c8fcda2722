import { describe, expect, it } from "vitest";
import { testKey } from "../testing/test-keys.ts";
import { signInvite, verifyInvite } from "./invite.ts";
import { PASS_LIFETIME_MS, signPass, verifyPass, type Pass } from "./member-pass.ts";

const drive = testKey(1);
const index = testKey(2);
const peer = testKey(3);
const other = testKey(4);
const ISSUED = 1_700_000_000_000;
const PASS: Pass = {
  drive: drive.drive,
  peer: peer.id,
  role: "admin",
  issuedAt: ISSUED,
  expiresAt: ISSUED + PASS_LIFETIME_MS,
};
const GOOD = { drive: drive.drive, index: index.id, peer: peer.id, nowMs: ISSUED };

describe("verifyPass", () => {
  const bytes = signPass(PASS, index.key);

  it("gives the pass until the millisecond it expires", () => {
    expect(verifyPass(bytes, GOOD)).toEqual(PASS);
    expect(verifyPass(bytes, { ...GOOD, nowMs: PASS.expiresAt - 1 })).toEqual(PASS);
  });

  it.each([
    ["has expired", { nowMs: PASS.expiresAt }, /expired/],
    ["is for another peer", { peer: other.id }, /another peer/],
    ["is for another drive", { drive: other.drive }, /another drive/],
    ["another index signed", { index: other.id }, /not signed by the expected key/],
  ])("refuses one that %s, and says so", (_name, change, message) => {
    expect(() => verifyPass(bytes, { ...GOOD, ...change })).toThrow(
      expect.objectContaining({ code: "no-pass", message: expect.stringMatching(message) }),
    );
  });

  it("refuses it with any one bit changed, and cut anywhere", () => {
    for (let at = 0; at < bytes.length; at++) {
      const forged = Uint8Array.from(bytes);
      forged[at] = (forged[at] ?? 0) ^ (1 << (at % 8));
      for (const wrong of [forged, bytes.subarray(0, at)]) {
        expect(() => verifyPass(wrong, GOOD)).toThrow(expect.objectContaining({ code: "no-pass" }));
      }
    }
  });
});

describe("signInvite", () => {
  const invite = {
    drive: drive.drive,
    id: "00112233445566778899aabbccddeeff",
    role: "reader" as const,
    expiresAt: ISSUED,
    uses: 1,
  };

  it("makes what verifyInvite takes until it expires", () => {
    const bytes = signInvite(invite, index.key);
    expect(verifyInvite(bytes, { ...GOOD, nowMs: ISSUED - 1 })).toEqual(invite);
    expect(() => verifyInvite(bytes, GOOD)).toThrow(
      expect.objectContaining({ code: "bad-invite", message: expect.stringMatching(/new one/) }),
    );
  });

  it("refuses an id that is not 16 bytes", () => {
    expect(() => signInvite({ ...invite, id: "0011" }, index.key)).toThrow(
      expect.objectContaining({ code: "bad-request" }),
    );
  });
});
