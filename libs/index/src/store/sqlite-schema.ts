/** The tables of `SqliteIndexStore`. README.md says why they are as they are. */

import { CHUNK_COUNTER_BITS } from "@goliath/protocols/nouns";

/** Marks a file as ours: "GLTH". */
export const APPLICATION_ID = 0x47_4c_54_48;
/** Raised when an older program could no longer read the file. */
export const FORMAT_VERSION = 2;

/** Kinds in `entry.kind`. */
export const KIND_DIR = 0;
export const KIND_FILE = 1;
export const KIND_EXECUTABLE = 2;

/** `policy.ended` of a policy that is in force: above every revision. */
export const IN_FORCE = Number.MAX_SAFE_INTEGER;

const CONTENT = `kind INTEGER NOT NULL, ref INTEGER NOT NULL, size INTEGER NOT NULL,
  mtime INTEGER NOT NULL, root BLOB, ext BLOB`;

/** Tables of format 2 that format 1 does not have. */
const POLICIES = `
CREATE TABLE policy (dir INTEGER NOT NULL, name TEXT NOT NULL, ended INTEGER NOT NULL,
  copies INTEGER, retention INTEGER, prefer TEXT, avoid TEXT,
  PRIMARY KEY (dir, name, ended)) WITHOUT ROWID, STRICT;
CREATE INDEX policy_retention ON policy (retention) WHERE retention IS NOT NULL;
CREATE TABLE quarantine (first INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
`;

/**
 * From format 1: running time begins now, so that everything past is kept for its whole retention
 * from here on; ids of generations before a restore that have no digest are in quarantine, since
 * nobody wrote down where those generations ended.
 */
const FROM_FORMAT_1 = `
${POLICIES}
ALTER TABLE drive ADD COLUMN run_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dir ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revision ADD COLUMN run_ms INTEGER NOT NULL DEFAULT 0;
INSERT INTO quarantine (first, count) SELECT 0, generation * ${2 ** CHUNK_COUNTER_BITS} FROM drive
  WHERE generation > 0;
`;

/** What brings a file of each older format, by its number, to the next one. */
export const MIGRATIONS: Record<number, string> = { 1: FROM_FORMAT_1 };

export const SCHEMA = `
CREATE TABLE drive (id TEXT NOT NULL, chunk_bytes INTEGER NOT NULL, generation INTEGER NOT NULL,
  revision INTEGER NOT NULL, oldest INTEGER NOT NULL, next_dir INTEGER NOT NULL,
  next_chunk INTEGER NOT NULL, next_lease INTEGER NOT NULL,
  run_ms INTEGER NOT NULL) STRICT;
CREATE TABLE entry (dir INTEGER NOT NULL, name TEXT NOT NULL, rev INTEGER NOT NULL, ${CONTENT},
  PRIMARY KEY (dir, name)) WITHOUT ROWID, STRICT;
CREATE TABLE past (dir INTEGER NOT NULL, name TEXT NOT NULL, until INTEGER NOT NULL,
  rev INTEGER NOT NULL, ${CONTENT}, PRIMARY KEY (dir, name, until)) WITHOUT ROWID, STRICT;
CREATE TABLE dir (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, name TEXT NOT NULL,
  made INTEGER NOT NULL, gone INTEGER NOT NULL, files INTEGER NOT NULL, bytes INTEGER NOT NULL,
  claims INTEGER NOT NULL, height INTEGER NOT NULL, reach INTEGER NOT NULL, owner TEXT,
  kept INTEGER NOT NULL) STRICT;
CREATE INDEX dir_owner ON dir (owner) WHERE owner IS NOT NULL;
CREATE TABLE place (dir INTEGER NOT NULL, until INTEGER NOT NULL, parent INTEGER NOT NULL,
  name TEXT NOT NULL, PRIMARY KEY (dir, until)) WITHOUT ROWID, STRICT;
CREATE TABLE digests (first INTEGER PRIMARY KEY, sums BLOB NOT NULL) STRICT;
CREATE TABLE writer (id INTEGER PRIMARY KEY, peer TEXT NOT NULL UNIQUE,
  floor INTEGER NOT NULL) STRICT;
CREATE TABLE done (writer INTEGER NOT NULL, number INTEGER NOT NULL, digest BLOB NOT NULL,
  rev INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (writer, number)) WITHOUT ROWID, STRICT;
CREATE TABLE revision (rev INTEGER PRIMARY KEY, at INTEGER NOT NULL, writer INTEGER NOT NULL,
  changes INTEGER NOT NULL, summary TEXT NOT NULL, note TEXT NOT NULL,
  run_ms INTEGER NOT NULL) STRICT;
CREATE TABLE touched (dir INTEGER NOT NULL, rev INTEGER NOT NULL,
  PRIMARY KEY (dir, rev)) WITHOUT ROWID, STRICT;
CREATE TABLE feed (rev INTEGER NOT NULL, part INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (rev, part)) STRICT;
CREATE TABLE lease (id INTEGER PRIMARY KEY, peer TEXT NOT NULL, first INTEGER NOT NULL UNIQUE,
  count INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
CREATE INDEX lease_peer ON lease (peer);
CREATE INDEX lease_expires ON lease (expires);
CREATE TABLE staged (lease INTEGER NOT NULL, first INTEGER NOT NULL, sums BLOB NOT NULL,
  PRIMARY KEY (lease, first)) STRICT;
CREATE TABLE record (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID, STRICT;
${POLICIES}`;
