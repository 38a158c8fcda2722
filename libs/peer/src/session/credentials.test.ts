import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemDisk, type SqliteDatabase } from "@goliath/kit";
import { identityFromSeed } from "@goliath/net";
import { parseDriveId } from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPeerDatabase } from "../state/peer-database.ts";
import { Credentials } from "./credentials.ts";

const id = (seed: number) => identityFromSeed(Buffer.alloc(32, seed)).peerId;
const linkTo = (seed: number) => ({
  drive: parseDriveId(id(seed)),
  index: id(seed + 100),
  addresses: [`/ip4/127.0.0.1/tcp/${seed}`],
  invite: Uint8Array.of(seed),
});

let home: string;
let database: SqliteDatabase;
let credentials: Credentials;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-credentials-"));
  database = openPeerDatabase(home, { disk: systemDisk });
  credentials = new Credentials(database);
});
afterEach(async () => {
  database.close();
  await rm(home, { recursive: true });
});

describe("Credentials.take", () => {
  it("takes another drive's link after one that let nobody in", () => {
    credentials.take(linkTo(1));
    credentials.take(linkTo(2));
    expect(credentials).toMatchObject({
      drive: linkTo(2).drive,
      index: linkTo(2).index,
      addresses: linkTo(2).addresses,
    });
    expect(credentials.invite).toEqual(Buffer.from(linkTo(2).invite));
  });

  it("forgets an invite that a later link does not bring", () => {
    credentials.take(linkTo(1));
    const { invite: _, ...plain } = linkTo(1);
    credentials.take(plain);
    expect(credentials.invite).toBeUndefined();
  });

  it("refuses another drive's link once it was let in, and takes its own drive's", () => {
    credentials.take(linkTo(1));
    credentials.admit({ pass: Uint8Array.of(7) }, linkTo(1).index);
    expect(() => credentials.take(linkTo(2))).toThrow(
      expect.objectContaining({ code: "bad-invite" }),
    );
    credentials.take({ ...linkTo(1), addresses: ["/ip4/127.0.0.1/tcp/9"] });
    expect(credentials).toMatchObject({ drive: linkTo(1).drive, pass: Buffer.of(7) });
    expect(credentials.addresses).toEqual(["/ip4/127.0.0.1/tcp/9"]);
  });
});
