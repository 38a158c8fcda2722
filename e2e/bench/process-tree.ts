/** What processes and their children take of the machine, from `/proc`. Linux only. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";

/** `_SC_CLK_TCK`, which is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
/** How often memory is looked at while a process may end any moment. */
const SAMPLE_MS = 50;

interface ProcessRow {
  pid: number;
  parent: number;
  /** Its own CPU time, and that of its children which ended. */
  ticks: number;
}

/** CPU seconds of these processes and everything below them, what ended there included. */
export async function cpuSeconds(roots: readonly number[]): Promise<number> {
  const rows = within(await processes(), roots);
  return rows.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
}

/** Resident memory of the largest of these trees at its highest, in MiB. */
export class PeakMemory implements Disposable {
  readonly #roots: readonly number[];
  readonly #peaks = new Map<number, number>();
  readonly #timer: NodeJS.Timeout;

  /** Use `watchMemory`. */
  constructor(roots: readonly number[]) {
    this.#roots = roots;
    this.#timer = setInterval(() => void this.sample(), SAMPLE_MS);
  }

  get peakMiB(): number {
    return Math.max(0, ...this.#peaks.values()) / 1024;
  }

  async sample(): Promise<void> {
    const rows = await processes();
    for (const root of this.#roots) {
      const sizes = await Promise.all(within(rows, [root]).map(({ pid }) => peakKiB(pid)));
      const sum = sizes.reduce((total, size) => total + size, 0);
      this.#peaks.set(root, Math.max(this.#peaks.get(root) ?? 0, sum));
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** Counts peaks from now on: what the processes took before is forgotten. */
export async function watchMemory(roots: readonly number[]): Promise<PeakMemory> {
  for (const { pid } of within(await processes(), roots)) {
    await writeFile(`/proc/${pid}/clear_refs`, "5").catch(() => undefined);
  }
  return new PeakMemory(roots);
}

/** Runs a command to its end and returns the CPU seconds it and its children took. */
export async function runTimed(
  command: readonly string[],
  onStart: (pid: number) => void = () => undefined,
): Promise<number> {
  const script = '"$@" >/dev/null; code=$?; times >&2; exit $code';
  const child = spawn("bash", ["-c", script, "bash", ...command], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (child.pid !== undefined) onStart(child.pid);
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => (said += bytes.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}: ${said}`);
  const times = [...said.matchAll(/(\d+)m([\d.]+)s/gu)].slice(-2);
  return times.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

async function peakKiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0);
}

async function processes(): Promise<ProcessRow[]> {
  const names = await readdir("/proc");
  const rows = await Promise.all(names.filter((name) => /^\d+$/u.test(name)).map(processRow));
  return rows.filter((row) => row !== undefined);
}

async function processRow(name: string): Promise<ProcessRow | undefined> {
  const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return undefined;
  // The program's name, in brackets, may hold anything.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [parent = 0, utime = 0, stime = 0, childUtime = 0, childStime = 0] = [
    fields[1],
    ...fields.slice(11, 15),
  ];
  return { pid: Number(name), parent, ticks: utime + stime + childUtime + childStime };
}

function within(rows: readonly ProcessRow[], roots: readonly number[]): ProcessRow[] {
  const found = new Set(roots);
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { pid, parent } of rows) if (found.has(parent)) found.add(pid);
  }
  return rows.filter(({ pid }) => found.has(pid));
}
