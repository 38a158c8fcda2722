/** What a peer shows to be let in, kept in its database. */
import type { SqliteDatabase } from "@goliath/kit";
import { verifyCertificate, verifyPass, type DriveLink } from "@goliath/protocols/pass";
import { GoliathError, type DriveId, type PeerId } from "@goliath/protocols/nouns";

const TABLES = `
CREATE TABLE IF NOT EXISTS credential (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS revoked (peer TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

export function createCredentialTables(database: SqliteDatabase): void {
  database.exec(TABLES);
}

type CredentialName = "drive" | "index" | "addresses" | "certificate" | "pass" | "invite" | "info";

/** Who met: the index, as the transport proved, and this peer. */
export interface Meeting {
  index: PeerId;
  peer: PeerId;
}

export class Credentials {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  /** The drive joined, or undefined before the first join. */
  get drive(): DriveId | undefined {
    return this.#text("drive") as DriveId | undefined;
  }

  get index(): PeerId | undefined {
    return this.#text("index") as PeerId | undefined;
  }

  get addresses(): string[] {
    return (this.#text("addresses") ?? "").split("\n").filter((line) => line !== "");
  }

  get certificate(): Uint8Array | undefined {
    return this.#get("certificate");
  }

  get pass(): Uint8Array | undefined {
    return this.#get("pass");
  }

  get invite(): Uint8Array | undefined {
    return this.#get("invite");
  }

  /** What the index last said of the drive, as JSON. */
  get info(): string | undefined {
    return this.#text("info");
  }

  set info(json: string) {
    this.#set("info", Buffer.from(json));
  }

  /**
   * Takes a link. A home belongs to one drive once it was let in: then another drive's link throws
   * `bad-invite`. What a link brought that let nobody in is forgotten.
   */
  take(link: DriveLink): void {
    const isMember = this.pass !== undefined;
    if (isMember && this.drive !== link.drive) {
      throw new GoliathError(
        "bad-invite",
        "this home has joined another drive: use another --home",
      );
    }
    this.#database.transaction(() => {
      if (!isMember) this.#database.prepare("DELETE FROM credential").run();
      this.#set("drive", Buffer.from(link.drive));
      this.#set("index", Buffer.from(link.index));
      this.#set("addresses", Buffer.from(link.addresses.join("\n")));
      if (link.invite) this.#set("invite", link.invite);
    })();
  }

  /**
   * Takes what the index gave at the door. Throws `no-pass` for a certificate that is missing or not
   * the drive's, or of an index that another has replaced since, and for a pass that is not ours.
   */
  admit(welcome: { certificate?: Uint8Array; pass?: Uint8Array }, { index, peer }: Meeting): void {
    const { certificate, pass } = welcome;
    if (!certificate) throw new GoliathError("no-pass", "the index showed no certificate");
    const { index: named, generation } = verifyCertificate(certificate, this.#drive());
    if (named !== index) throw new GoliathError("no-pass", "another index speaks for this drive");
    const seen = this.certificate;
    if (seen && verifyCertificate(seen, this.#drive()).generation > generation) {
      throw new GoliathError(
        "no-pass",
        "this index was replaced: it is an old copy of the drive's",
      );
    }
    if (pass) this.takePass(pass, { index, peer });
    this.#set("certificate", certificate);
  }

  /** Keeps a pass that the index signed for us. Throws `no-pass` for any other. */
  takePass(pass: Uint8Array, { index, peer }: Meeting): void {
    // Its time is for those to judge to whom it is shown: our own clock may be the wrong one.
    verifyPass(pass, { drive: this.#drive(), index, peer, nowMs: 0 });
    this.#set("pass", pass);
    this.#database.prepare("DELETE FROM credential WHERE name = 'invite'").run();
  }

  /** Adds to those whose membership has ended; `all` of them in place of what was known. */
  revoke(peers: readonly PeerId[], { all = false }: { all?: boolean } = {}): void {
    const insert = this.#database.prepare("INSERT OR IGNORE INTO revoked (peer) VALUES (?)");
    this.#database.transaction(() => {
      if (all) this.#database.prepare("DELETE FROM revoked").run();
      for (const peer of peers) insert.run(peer);
    })();
  }

  isRevoked(peer: PeerId): boolean {
    return this.#database.prepare("SELECT 1 FROM revoked WHERE peer = ?").get(peer) !== undefined;
  }

  #drive(): DriveId {
    const { drive } = this;
    if (!drive) throw new GoliathError("no-pass", "this home has not joined a drive");
    return drive;
  }

  #text(name: CredentialName): string | undefined {
    const value = this.#get(name);
    return value && Buffer.from(value).toString();
  }

  #get(name: CredentialName): Uint8Array | undefined {
    const row = this.#database.prepare("SELECT value FROM credential WHERE name = ?").get(name);
    return (row as { value: Uint8Array } | undefined)?.value;
  }

  #set(name: CredentialName, value: Uint8Array): void {
    this.#database
      .prepare(
        "INSERT INTO credential (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
      )
      .run(name, value);
  }
}
