import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ManualClock, systemDisk, type SqliteDatabase } from "@goliath/kit";
import { identityFromSeed } from "@goliath/net";
import type { DriveId } from "@goliath/protocols/nouns";
import { PASS_LIFETIME_MS, signCertificate, signPass, type Hello } from "@goliath/protocols/pass";
import { openPeerDatabase } from "../state/peer-database.ts";
import { Admission } from "./admission.ts";
import { Credentials } from "./credentials.ts";

const [DRIVE, INDEX, SELF, OTHER] = [1, 2, 3, 4].map((byte) =>
  identityFromSeed(new Uint8Array(32).fill(byte)),
) as [Identity, Identity, Identity, Identity];
type Identity = ReturnType<typeof identityFromSeed>;
const drive = DRIVE.peerId as string as DriveId;
const DAY_MS = PASS_LIFETIME_MS;
const HOUR_MS = DAY_MS / 24;
/** What the index's clock says. */
const INDEX_MS = 100 * DAY_MS;

let folder: string;
let database: SqliteDatabase;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "goliath-admission-"));
  database = openPeerDatabase(folder, { disk: systemDisk });
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

function passOf({ peerId }: Identity, issuedAt: number): Uint8Array {
  const expiresAt = issuedAt + PASS_LIFETIME_MS;
  return signPass({ drive, peer: peerId, role: "reader", issuedAt, expiresAt }, INDEX.key);
}

function helloOf(issuedAt: number): Hello {
  return { drive, name: "other", pass: passOf(OTHER, issuedAt) };
}

/** A peer that the index let in just now, with its clock off by so much. */
function admissionOff(offMs: number): { admission: Admission; clock: ManualClock } {
  const clock = new ManualClock({ nowMs: INDEX_MS + offMs });
  const credentials = new Credentials(database);
  credentials.take({ drive, index: INDEX.peerId, addresses: [] });
  const certificate = signCertificate({ drive, index: INDEX.peerId, generation: 1 }, DRIVE.key);
  const meeting = { index: INDEX.peerId, peer: SELF.peerId };
  credentials.admit({ certificate, pass: passOf(SELF, INDEX_MS) }, meeting);
  const admission = new Admission({ credentials, clock, name: "self" });
  expect(admission.meetIndex(SELF.peerId)).toBe(offMs);
  return { admission, clock };
}

const expired = expect.objectContaining({ code: "no-pass" });

describe("Admission", () => {
  it.each([0, 2 * DAY_MS, -2 * DAY_MS])(
    "lets passes live by the index's time with a clock that is %i ms off",
    async (offMs) => {
      const { admission, clock } = admissionOff(offMs);
      const hello = helloOf(INDEX_MS - HOUR_MS);
      expect(admission.admit(hello, OTHER.peerId).pass.role).toBe("reader");
      await clock.advance(22 * HOUR_MS);
      admission.admit(hello, OTHER.peerId);
      await clock.advance(HOUR_MS);
      expect(() => admission.admit(hello, OTHER.peerId)).toThrow(expired);
    },
  );

  it("lets no pass outlive the index's time when the clock is put back", async () => {
    const { admission, clock } = admissionOff(0);
    clock.jump(-10 * DAY_MS);
    await clock.advance(DAY_MS);
    expect(() => admission.admit(helloOf(INDEX_MS), OTHER.peerId)).toThrow(expired);
  });

  it("believes its clock where it has not met the index yet", () => {
    const { admission } = admissionOff(0);
    admission.admit(helloOf(INDEX_MS), OTHER.peerId);
    const clock = new ManualClock({ nowMs: INDEX_MS + 2 * DAY_MS });
    const fresh = new Admission({ credentials: new Credentials(database), clock, name: "self" });
    expect(() => fresh.admit(helloOf(INDEX_MS), OTHER.peerId)).toThrow(expired);
  });
});
