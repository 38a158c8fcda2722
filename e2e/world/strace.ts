/** Watches, and slows, the system calls of a running daemon: Debian's `strace`. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Why there is no `strace`; undefined when there is. As root it is installed where it is missing. */
export async function whyNoStrace(): Promise<string | undefined> {
  const isThere = (): Promise<boolean> =>
    run("strace", ["-V"]).then(
      () => true,
      () => false,
    );
  if (process.platform !== "linux") return "strace is for Linux";
  if (await isThere()) return undefined;
  if (process.getuid?.() === 0)
    await run("apt-get", ["install", "-y", "strace"]).catch(() => undefined);
  if (await isThere()) return undefined;
  return "strace is missing: apt-get install strace";
}

export interface TraceInit {
  /** The process whose children, if it has any, are watched too. */
  pid: number;
  /** Where the lines go. */
  to: string;
  calls: readonly string[];
  /** Makes these calls end late, in milliseconds. */
  delayed?: { calls: readonly string[]; byMs: number };
}

/** Watches until disposed of. */
export class Trace implements AsyncDisposable {
  readonly #strace: ChildProcess;
  readonly #to: string;

  static async attach({ pid, to, calls, delayed }: TraceInit): Promise<Trace> {
    const args = ["-f", "-y", "-ttt", "-s", "16", "-o", to, "-e", `trace=${calls.join(",")}`];
    if (delayed)
      args.push("-e", `inject=${delayed.calls.join(",")}:delay_exit=${delayed.byMs * 1000}`);
    for (const one of await familyOf(pid)) args.push("-p", String(one));
    const strace = spawn("strace", args, { stdio: ["ignore", "ignore", "pipe"] });
    const lines = createInterface({ input: strace.stderr as NodeJS.ReadableStream });
    for await (const line of lines) {
      if (/attached/u.test(line)) return new Trace(strace, to);
      if (/not permitted|No such process/u.test(line)) throw new Error(`strace: ${line}`);
    }
    throw new Error("strace ended at once");
  }

  private constructor(strace: ChildProcess, to: string) {
    this.#strace = strace;
    this.#to = to;
  }

  /** Ends the watch and returns what was seen, in the order of time. */
  async end(): Promise<TracedCall[]> {
    await this[Symbol.asyncDispose]();
    return parseTrace(await readFile(this.#to, "utf8"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#strace.exitCode !== null || this.#strace.signalCode !== null) return;
    const exited = once(this.#strace, "exit");
    this.#strace.kill("SIGINT");
    await exited;
  }
}

export interface TracedCall {
  name: string;
  /** What the first file descriptor is: a path, or a socket. */
  file: string;
  /** Milliseconds since 1970. */
  startedMs: number;
  endedMs: number;
}

/** A call that another thread's interrupts comes in two lines. */
export function parseTrace(text: string): TracedCall[] {
  const calls: TracedCall[] = [];
  const open = new Map<string, TracedCall>();
  for (const line of text.split("\n")) {
    const [, thread = "", seconds = "", rest = ""] = /^(\d+)\s+([\d.]+) (.*)$/u.exec(line) ?? [];
    const ms = Number(seconds) * 1000;
    const [, name, file] = /^(\w+)\(\d+<([^>]*)>/u.exec(rest) ?? [];
    if (name !== undefined && file !== undefined) {
      const call = { name, file, startedMs: ms, endedMs: ms };
      calls.push(call);
      if (rest.endsWith("<unfinished ...>")) open.set(thread, call);
    } else if (rest.startsWith("<... ")) {
      const call = open.get(thread);
      if (call) call.endedMs = ms;
      open.delete(thread);
    }
  }
  return calls;
}

/** A process and all that descend from it. */
async function familyOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/u.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    parents.set(Number(name), Number(/\) \S (\d+)/u.exec(stat)?.[1] ?? 0));
  }
  const family = [pid];
  for (const one of family) {
    for (const [child, parent] of parents) if (parent === one) family.push(child);
  }
  return family;
}
