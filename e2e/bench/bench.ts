/**
 * Figures of the whole system on this machine, as a table: `npm run bench [-- --json] [--quick]`.
 * Real processes over loopback, fresh folders; medians of a few rounds. Machines differ and drift:
 * compare runs of one sitting only.
 */
import { appendFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePath, rootOf, type Change } from "@goliath/protocols/nouns";
import type { Daemon } from "../world/daemon.ts";
import { openMember } from "../world/index-client.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const MIB = 1024 * 1024;
const quick = process.argv.includes("--quick");
const SIZES = quick
  ? { bigBytes: 64 * MIB, smallFiles: 500, changes: 5, resolves: 5_000, commitPaths: 10_000 }
  : {
      bigBytes: 1024 * MIB,
      smallFiles: 10_000,
      changes: 15,
      resolves: 50_000,
      commitPaths: 100_000,
    };

interface Row {
  what: string;
  value: number;
  unit: string;
  /** CPU seconds of all Goliath processes meanwhile. */
  cpuS: number;
}

const rows: Row[] = [];

async function cpuSeconds(daemons: Daemon[]): Promise<number> {
  let ticks = 0;
  for (const { pid } of daemons) {
    const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(" ");
    ticks += Number(fields[13]) + Number(fields[14]);
  }
  return ticks / 100;
}

async function measure(what: string, daemons: Daemon[], work: () => Promise<void>): Promise<void> {
  const cpu = await cpuSeconds(daemons);
  const start = performance.now();
  await work();
  const value = (performance.now() - start) / 1000;
  rows.push({ what, value, unit: "s", cpuS: (await cpuSeconds(daemons)) - cpu });
}

async function transfers(world: World, daemons: Daemon[]): Promise<void> {
  const [alice, bob] = daemons as [Daemon, Daemon];
  const publish = async (name: string): Promise<void> => {
    await alice.call("share", { local: world.path(name), path: `/${name}` });
    await bob.call("mirror", { path: `/${name}`, local: world.path(`${name}-copy`) });
  };
  await mkdir(world.path("big"));
  const block = Buffer.alloc(MIB);
  for (let at = 0; at < SIZES.bigBytes; at += MIB) {
    for (let word = 0; word < MIB; word += 4096) block.writeDoubleLE(at + word, word);
    await appendFile(world.path("big", "file"), block);
  }
  const all = [world.index, ...daemons];
  await measure(`W1: one file of ${SIZES.bigBytes / MIB} MiB, shared and mirrored`, all, () =>
    publish("big"),
  );
  for (let i = 0; i < SIZES.smallFiles; i++) {
    const folder = world.path("small", String(i % 100));
    if (i < 100) await mkdir(folder, { recursive: true });
    await writeFile(join(folder, String(i)), `${i} `.repeat(1600).slice(0, 8192));
  }
  await measure(`W2: ${SIZES.smallFiles} files of 8 KiB, shared and mirrored`, all, () =>
    publish("small"),
  );
}

/** One small change until it is on the other disk. */
async function changes(world: World): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < SIZES.changes; i++) {
    const start = performance.now();
    await writeFile(world.path("small", "0", `change-${i}`), `change ${i}`);
    const copy = world.path("small-copy", "0", `change-${i}`);
    await until(() => stat(copy).catch(() => undefined), Boolean, { what: copy, pollMs: 2 });
    times.push(performance.now() - start);
  }
  const sorted = times.toSorted((a, b) => a - b);
  rows.push({
    what: "W3: one small change until mirrored, median",
    value: sorted[Math.floor(sorted.length / 2)] ?? 0,
    unit: "ms",
    cpuS: 0,
  });
}

async function indexAlone(world: World): Promise<void> {
  await using member = await openMember(world, "bench");
  const file = {
    size: 0,
    mtimeMs: 0,
    executable: false,
    extents: [],
    root: rootOf(new Uint8Array()),
  };
  const puts = Array.from({ length: SIZES.commitPaths }, (_, i): Change => ({
    op: "put",
    path: parsePath(`/bench/${i % 100}/${i}`),
    file,
  }));
  await measure(`index: one commit of ${SIZES.commitPaths} paths`, [world.index], async () => {
    await member.index.commit({
      number: 1,
      digest: new Uint8Array(),
      changes: puts,
      leases: [],
      locations: [],
    });
  });
  const paths = puts.slice(0, 64).map(({ path }) => path);
  const start = performance.now();
  for (let done = 0; done < SIZES.resolves; done += paths.length * 16) {
    await Promise.all(Array.from({ length: 16 }, () => member.index.resolve({ paths })));
  }
  const perSecond = SIZES.resolves / ((performance.now() - start) / 1000);
  rows.push({
    what: "index: resolve, one client, 64 paths a request",
    value: perSecond,
    unit: "/s",
    cpuS: 0,
  });
}

async function main(): Promise<void> {
  await using world = await openWorld("bench");
  const [alice, bob] = [await world.join("alice"), await world.join("bob")];
  await transfers(world, [alice, bob]);
  await changes(world);
  await indexAlone(world);
  for (const [name, daemon] of Object.entries({ index: world.index, sharer: alice, mirror: bob })) {
    rows.push({
      what: `peak memory: ${name}`,
      value: await daemon.peakMiB(),
      unit: "MiB",
      cpuS: 0,
    });
  }
}

function print(): void {
  if (process.argv.includes("--json")) {
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return;
  }
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, value, unit, cpuS } of rows) {
    const figure = `${value.toFixed(value < 100 ? 2 : 0)} ${unit}`.padStart(12);
    process.stdout.write(
      `${what.padEnd(width)} ${figure}${cpuS > 0 ? `  ${cpuS.toFixed(1)} CPU s` : ""}\n`,
    );
  }
}

await main();
print();
