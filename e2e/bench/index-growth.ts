/** Whether what a file costs the index depends on how many there are. */
import { parsePath, type DrivePath } from "@goliath/protocols/nouns";
import type { Member } from "../world/index-client.ts";
import type { World } from "../world/world.ts";
import type { Figures } from "./figures.ts";
import { commitOf, inWorld, openMembers, putAt, timed } from "./index-drive.ts";
import { ours, type Workload } from "./workload.ts";

const FILES_PER_DIRECTORY = 1000;
/** Files of one commit, in measurements and between them. */
const FILES_PER_COMMIT = 1000;
const FILLING_COMMIT = 50_000;
/** What is measured at each size. */
const COMMITS = 8;
const RESOLVES = 20_000;
const PAGES = 100;
const IN_FLIGHT = 32;

/** At sizes that each are ten times the one before. */
export function growthWorkload(sizes: readonly number[]): Workload {
  return ours("growth-index", {
    title: `index: at ${sizes.join(", ")} files, microseconds of its CPU for each file and page`,
    run: (folder) => inWorld(folder, (world) => grow(world, sizes)),
  });
}

async function grow(world: World, sizes: readonly number[]): Promise<Figures> {
  await using members = await openMembers(world, 1);
  const [member] = members.all;
  if (!member) throw new Error("nobody joined");
  // Compiles what is hot, so that the first size does not pay for it.
  const warm = new GrowingDrive(member, "/warm");
  await measure(world, warm);
  const drive = new GrowingDrive(member, "/bench");
  const figures: Figures = {};
  const rows: Figures[] = [];
  for (const size of sizes) {
    await drive.fillTo(size - COMMITS * FILES_PER_COMMIT);
    const row = await measure(world, drive);
    rows.push(row);
    for (const [name, value] of Object.entries(row)) figures[`${name}${short(size)}`] = value;
  }
  for (const name of Object.keys(rows[0] ?? {})) {
    const values = rows.map((row) => row[name] ?? Number.NaN);
    figures[`${name}Growth`] = Math.max(...values) / Math.min(...values);
  }
  return figures;
}

/** Microseconds of the index's processor time per file committed, path resolved, page listed. */
async function measure(world: World, drive: GrowingDrive): Promise<Figures> {
  const micros = async (count: number, work: () => Promise<void>): Promise<number> =>
    ((await timed(world, work)).cpuS * 1e6) / count;
  return {
    commit: await micros(COMMITS * FILES_PER_COMMIT, async () => {
      for (let i = 0; i < COMMITS; i++) await drive.add(FILES_PER_COMMIT);
    }),
    resolve: await micros(RESOLVES, () => resolveSome(drive)),
    list: await micros(PAGES, () => listSome(drive)),
  };
}

/** Of commits: each needs one of its own. */
let nextNumber = 1;

class GrowingDrive {
  readonly member: Member;
  readonly #root: string;
  files = 0;

  constructor(member: Member, root: string) {
    this.member = member;
    this.#root = root;
  }

  directoryOf(at: number): DrivePath {
    return parsePath(`${this.#root}/${Math.floor(at / FILES_PER_DIRECTORY)}`);
  }

  pathOf(at: number): DrivePath {
    return parsePath(`${this.directoryOf(at)}/${at}`);
  }

  async fillTo(files: number): Promise<void> {
    while (this.files < files) await this.add(Math.min(FILLING_COMMIT, files - this.files));
  }

  async add(count: number): Promise<void> {
    const puts = Array.from({ length: count }, (_, i) => putAt(this.pathOf(this.files + i)));
    await this.member.index.commit(commitOf(nextNumber++, puts));
    this.files += count;
  }
}

async function resolveSome(drive: GrowingDrive): Promise<void> {
  const places = scattered(RESOLVES, drive.files);
  const ask = async (): Promise<void> => {
    for (let at = places.next(); !at.done; at = places.next()) {
      await drive.member.index.resolve({ paths: [drive.pathOf(at.value)] });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask));
}

async function listSome(drive: GrowingDrive): Promise<void> {
  for (const at of scattered(PAGES, drive.files)) {
    await drive.member.index.list({ where: { path: drive.directoryOf(at) } });
  }
}

/** The same places all over the drive at each run, far from each other. */
function* scattered(count: number, files: number): Generator<number, void> {
  for (let i = 0, at = 0; i < count; i++) {
    at = (at * 1_664_525 + 1_013_904_223) % 2 ** 32;
    yield at % files;
  }
}

const short = (size: number): string => (size >= 1e6 ? `${size / 1e6}M` : `${size / 1e3}k`);
