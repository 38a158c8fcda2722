/** A sharer, a mirror of everything and a writer under load, while somebody disturbs them. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { Daemon } from "./daemon.ts";
import { folderContent, steadyContent } from "./folder-content.ts";
import { FolderLoad } from "./folder-load.ts";
import { checkMirror, leftovers } from "./mirror-check.ts";
import type { SeededChoices } from "./seeded-choices.ts";
import { until } from "./settled.ts";
import type { World } from "./world.ts";
import { WriterLoad } from "./writer-load.ts";

const STEP_PAUSE_MS = 40;
/** Within it a heal is noticed by all, and what was missed is fetched. */
const SETTLE_MS = 90_000;
/** Files whose history is looked through for what was published twice. */
const FILES_TRACED = 20;

export interface Disturbed {
  /** Shares a folder at /share. */
  alice: Daemon;
  /** Mirrors all of the drive. */
  bob: Daemon;
  /** Writes into /written. */
  carol: Daemon;
  /** Throws when a file on the mirror is no whole version of any file. */
  checkCopy: () => Promise<void>;
}

export interface LoadRunInit {
  world: World;
  random: SeededChoices;
  disturb: (parties: Disturbed) => Promise<void>;
}

export interface LoadRunResult {
  steps: number;
  writes: number;
  /** Writes whose answer was lost, and those of them that had happened. */
  doubted: number;
  happened: number;
  filesChecked: number;
}

/** Works while `disturb` does; then all must settle. Throws at the first thing not as promised. */
export async function workWhile({ world, random, disturb }: LoadRunInit): Promise<LoadRunResult> {
  const [alice, bob, carol] = await Promise.all(
    ["alice", "bob", "carol"].map((name) => world.join(name)),
  );
  if (!alice || !bob || !carol) throw new Error("no peers");
  const stop = new AbortController();
  const [source, copy, aside] = ["source", "copy", "aside"].map((name) => world.path(name)) as [
    string,
    string,
    string,
  ];
  const folder = new FolderLoad({ root: source, aside, name: "alice", random: random.fork() });
  const { signal } = stop;
  const writer = new WriterLoad({ peer: carol, path: "/written", random: random.fork(), signal });
  await folder.open();
  await writer.open();
  await alice.call("share", { local: source, path: "/share" });
  await mkdir(copy);
  await writeFile(join(copy, "my own"), "the user's own words");
  bob.call("mirror", { path: "/", local: copy }).catch(() => undefined);
  const result = { steps: 0, filesChecked: 0 };
  const work = async (step: () => Promise<void>): Promise<void> => {
    for (; !signal.aborted; result.steps++) {
      await step();
      await sleep(STEP_PAUSE_MS);
    }
  };
  const checkCopy = async (): Promise<void> => {
    const { files, wrong } = await checkMirror(copy, { except: isNoVersion });
    expect(wrong).toEqual([]);
    result.filesChecked += files;
  };
  const working = Promise.all([work(() => folder.step()), work(() => writer.step())]);
  const ended = working.catch(ignoreAbort);
  try {
    await Promise.race([mirrorAtWork(bob), ended]);
    // Work that fails ends it all; it goes on for as long as it is disturbed.
    await Promise.race([disturb({ alice, bob, carol, checkCopy }), ended]);
  } finally {
    stop.abort();
    await ended;
  }
  await settled({ world, writer, bob, source, copy });
  const { done: writes, doubted, happened } = writer.counts;
  return { ...result, writes, doubted, happened };
}

/** A request to mirror that is cut short is refused, and nobody asks again: it must have begun. */
function mirrorAtWork(bob: Daemon): Promise<unknown> {
  return until(
    () => bob.call<{ mirrors: { files: number; missingFiles: number }[] }>("status"),
    ({ mirrors }) => mirrors.some(({ files, missingFiles }) => files > missingFiles),
    { what: "the mirror being at work", timeoutMs: SETTLE_MS },
  );
}

interface Settling {
  world: World;
  writer: WriterLoad;
  bob: Daemon;
  source: string;
  copy: string;
}

async function settled({ world, writer, bob, source, copy }: Settling): Promise<void> {
  await until(
    async () => ({
      ours: await folderContent(source),
      theirs: await steadyContent(join(copy, "share")),
    }),
    ({ ours, theirs }) => JSON.stringify(ours) === JSON.stringify(theirs),
    { what: "the mirror following the share", timeoutMs: SETTLE_MS, pollMs: 500 },
  );
  await writer.check();
  const { revision } = await world.index.call<{ revision: number }>("status");
  await until(
    () => bob.call<{ mirrors: { state: string; revision: number }[] }>("status"),
    ({ mirrors }) =>
      mirrors.every((mirror) => mirror.state === "complete" && mirror.revision >= revision),
    { what: "the mirror being complete", timeoutMs: SETTLE_MS },
  );
  const written = Object.keys(await folderContent(join(copy, "written")));
  expect(written.filter((name) => !["fence", "journal"].includes(name)).toSorted()).toEqual(
    [...writer.files.keys()].toSorted(),
  );
  expect((await checkMirror(copy, { except: isNoVersion })).wrong).toEqual([]);
  expect(await readFile(join(copy, "my own"), "utf8")).toBe("the user's own words");
  expect(await leftovers(copy)).toEqual([]);
  const shared = await folderContent(source);
  const files = Object.keys(shared).filter((name) => shared[name] !== "dir");
  expect(await publishedTwice(bob, files)).toEqual([]);
}

/** A journal is lines, and a file of the user's own is what it is. */
function isNoVersion(path: string): boolean {
  return path === "my own" || path.endsWith("written/journal");
}

interface Found {
  revision: number;
  entry: { revision: number; root?: string; mtimeMs?: number } | null;
}

/** Of some files of the share: revisions that put there what stood there already. */
async function publishedTwice(bob: Daemon, names: readonly string[]): Promise<string[]> {
  const twice: string[] = [];
  for (const name of names.slice(0, FILES_TRACED)) {
    const path = `/share/${name}`;
    const log = await bob.call<{ revision: number }[]>("log", { path, limit: 100 });
    let last: string | undefined;
    let lastRevision = 0;
    for (const { revision } of log.toReversed()) {
      const { entry } = await bob.call<Found>("resolve", { path, at: revision });
      const content = entry ? `${entry.root} ${entry.mtimeMs}` : undefined;
      if (entry && entry.revision !== lastRevision && content === last) twice.push(path);
      last = content;
      lastRevision = entry?.revision ?? 0;
    }
  }
  return twice;
}

function ignoreAbort(error: unknown): void {
  if (error instanceof Error && error.name === "AbortError") return;
  throw error;
}
