/**
 * What an index keeps in its home: `index.key` and `drive.key`, `index.db`, `config.json`, and
 * `search.db`, which is made from `index.db` whenever it is missing or of no use. The
 * drive key is needed to make the drive and after a restore; between, its owner may keep it
 * elsewhere.
 */
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { removeUnfinished, systemDisk, writeFileDurably, type Log } from "@goliath/kit";
import { openIdentity, type Identity } from "@goliath/net";
import { GoliathError, parseDriveId, type DriveId } from "@goliath/protocols/nouns";
import { signCertificate, verifyCertificate } from "@goliath/protocols/pass";

/** Read and written by its owner alone. */
const CONFIG_MODE = 0o600;

export interface IndexConfig {
  drive: DriveId;
  /** Multiaddrs to listen on, as last asked for. */
  listen?: string[];
  /** Told to others in place of those, as last asked for. */
  announce?: string[];
  /** The port that a multiaddr ending in `/tcp/0` got: links stay good over restarts. */
  ports: Record<string, number>;
  /** The highest generation of the store that was ever served here. */
  generation: number;
}

export interface CertifyInit {
  generation: number;
  /** The certificate of an earlier start. */
  kept: Uint8Array | undefined;
}

export class IndexHome {
  readonly identity: Identity;
  readonly #home: string;
  readonly #log: Log;
  #config: IndexConfig;

  /** Use `openIndexHome`. */
  constructor(home: string, init: { identity: Identity; config: IndexConfig; log: Log }) {
    this.#home = home;
    this.identity = init.identity;
    this.#config = init.config;
    this.#log = init.log;
  }

  get config(): IndexConfig {
    return this.#config;
  }

  get database(): string {
    return databaseOf(this.#home);
  }

  get search(): string {
    return join(this.#home, "search.db");
  }

  /** Throws `not-found` where a store was served that is gone: a new one would be an empty drive. */
  async requireStore(): Promise<void> {
    const wasServed = this.#config.listen !== undefined;
    if (!wasServed || (await isThere(this.database))) return;
    const text = `${this.database} is missing: put it back, or bring a backup back with \`goliath index restore\``;
    throw new GoliathError("not-found", text, { about: { file: this.database } });
  }

  async save(config: IndexConfig): Promise<void> {
    await writeConfig(this.#home, config);
    this.#config = config;
  }

  /** The kept certificate where it says what it must, or a new one. */
  async certify({ generation, kept }: CertifyInit): Promise<Uint8Array> {
    const { drive } = this.#config;
    const index = this.identity.peerId;
    if (kept) {
      const certificate = verifyCertificate(kept, drive);
      if (certificate.index === index && certificate.generation === generation) return kept;
    }
    const { key, peerId } = await openDriveKey(this.#home, { create: false, log: this.#log });
    if (parseDriveId(peerId) === drive) return signCertificate({ drive, index, generation }, key);
    throw new GoliathError("bad-request", `${driveKeyOf(this.#home)} is another drive's key`);
  }
}

/** Reads the home, or makes a new drive in it. The caller holds its lock. */
export async function openIndexHome(home: string, { log }: { log: Log }): Promise<IndexHome> {
  await removeUnfinished(configOf(home), { disk: systemDisk });
  const identity = await openIdentity(join(home, "index.key"), { log });
  const config = (await readConfig(home)) ?? (await makeDrive(home, { log }));
  return new IndexHome(home, { identity, config, log });
}

/** A crash amid this leaves keys without a configuration, which the next start goes on from. */
async function makeDrive(home: string, { log }: { log: Log }): Promise<IndexConfig> {
  const create = !(await isThere(databaseOf(home)));
  const { peerId } = await openDriveKey(home, { create, log });
  const config: IndexConfig = { drive: parseDriveId(peerId), ports: {}, generation: 0 };
  await writeConfig(home, config);
  return config;
}

async function openDriveKey(
  home: string,
  { create, log }: { create: boolean; log: Log },
): Promise<Identity> {
  const file = driveKeyOf(home);
  if (create || (await isThere(file))) return openIdentity(file, { log });
  throw new GoliathError(
    "not-found",
    `the drive's key is needed for this start: put it at ${file}`,
    { about: { file } },
  );
}

async function readConfig(home: string): Promise<IndexConfig | undefined> {
  const file = configOf(home);
  if (!(await isThere(file))) return undefined;
  try {
    return parseConfig(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new GoliathError("corrupt", `${file} is damaged: mend or restore it`, {
      cause,
      about: { file },
    });
  }
}

function parseConfig(value: unknown): IndexConfig {
  const fields = new Map(Object.entries(value ?? {}));
  const listen: unknown = fields.get("listen");
  const announce: unknown = fields.get("announce");
  const ports = Object.entries(fields.get("ports") ?? {});
  return {
    drive: parseDriveId(String(fields.get("drive"))),
    ...(Array.isArray(listen) && { listen: listen.map(String) }),
    ...(Array.isArray(announce) && { announce: announce.map(String) }),
    ports: Object.fromEntries(ports.map(([address, port]) => [address, Number(port)])),
    generation: Number(fields.get("generation") ?? 0),
  };
}

function writeConfig(home: string, config: IndexConfig): Promise<void> {
  const text = `${JSON.stringify(config, undefined, 2)}\n`;
  return writeFileDurably(configOf(home), text, { disk: systemDisk, mode: CONFIG_MODE });
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

const configOf = (home: string): string => join(home, "config.json");
const databaseOf = (home: string): string => join(home, "index.db");
const driveKeyOf = (home: string): string => join(home, "drive.key");
