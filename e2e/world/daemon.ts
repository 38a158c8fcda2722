/** A real `goliath` daemon in its own process, and the ways to talk to it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { callControl, controlSocketPath, streamControl } from "@goliath/kit";
import { GOLIATH, runGoliath, type CommandResult } from "./goliath-command.ts";

/** A daemon that is not ready after this long hangs: on a machine ten times too busy it takes 60 s. */
const READY_TIMEOUT_MS = 180_000;

export interface Ready {
  ready: true;
  peerId: string;
  listen: string[];
  link?: string;
  /** Where metrics are served, when asked for. */
  metrics?: string;
  /** Where the UI is served, when asked for. */
  http?: string;
}

export interface DaemonInit {
  role: "index" | "peer";
  home: string;
  /** Further arguments of `goliath ROLE start`. */
  args?: string[];
  /** What the process is started through, such as `ip netns exec NAME`. */
  through?: string[];
}

export class Daemon implements AsyncDisposable {
  readonly home: string;
  readonly role: "index" | "peer";
  readonly #args: string[];
  readonly #through: string[];
  #process: ChildProcess | undefined;
  ready: Ready | undefined;

  constructor({ role, home, args = [], through = [] }: DaemonInit) {
    this.role = role;
    this.home = home;
    this.#args = args;
    this.#through = through;
  }

  /** Neither ended nor not yet started. */
  get runs(): boolean {
    const { exitCode = 0, signalCode = null } = this.#process ?? {};
    return exitCode === null && signalCode === null;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts the process, again if need be, and waits until it says that it is ready. */
  async start(...more: string[]): Promise<Ready> {
    const args = [this.role, "start", "--home", this.home, "--json", ...this.#args, ...more];
    const [program = "", ...rest] = [...this.#through, process.execPath, GOLIATH, ...args];
    const child = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    const log = createWriteStream(join(this.home, "..", `${this.role}-${child.pid}.log`), {
      flags: "a",
    });
    child.stderr?.pipe(log);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const exited = once(child, "exit").then(([code]) => {
      throw new Error(
        `${this.role} in ${this.home} ended with ${String(code)} before it was ready`,
      );
    });
    const signal = AbortSignal.timeout(READY_TIMEOUT_MS);
    const [line] = (await Promise.race([once(lines, "line", { signal }), exited])) as [string];
    exited.catch(() => undefined);
    this.ready = JSON.parse(line) as Ready;
    return this.ready;
  }

  /** One control call over the daemon's socket. */
  call<Result>(
    method: string,
    params: Record<string, unknown> = {},
    signal?: AbortSignal,
  ): Promise<Result> {
    return callControl<Result>(this.#socket, method, params, signal ? { signal } : {});
  }

  /** Bytes of a control stream such as `cat`. */
  async bytes(method: string, params: Record<string, unknown>): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await streamControl(this.#socket, method, params)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** The real command, in a process of its own, against this home. */
  goliath(...args: string[]): Promise<CommandResult> {
    return runGoliath([...args, "--home", this.home]);
  }

  /** Resident memory of the process at its highest, in MiB. */
  peakMiB(): Promise<number> {
    return this.#memoryMiB("VmHWM");
  }

  /** Resident memory of the process now, in MiB; 0 while there is none. */
  residentMiB(): Promise<number> {
    return this.#memoryMiB("VmRSS").catch(() => 0);
  }

  /** Stops the process where it stands, as a machine that was put to sleep. */
  freeze(): void {
    this.#process?.kill("SIGSTOP");
  }

  thaw(): void {
    this.#process?.kill("SIGCONT");
  }

  /** Ends the process at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Asks the process to end, as a service manager does; its exit code, null without one. */
  stop(): Promise<number | null> {
    return this.#end("SIGTERM");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end("SIGKILL");
  }

  get #socket(): string {
    return controlSocketPath(this.home, this.role);
  }

  async #memoryMiB(field: "VmHWM" | "VmRSS"): Promise<number> {
    const status = await readFile(`/proc/${this.pid}/status`, "utf8");
    return Number(new RegExp(`${field}:\\s+(\\d+)`, "u").exec(status)?.[1] ?? 0) / 1024;
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const exited = once(child, "exit") as Promise<[number | null]>;
    child.kill(signal);
    const [code] = await exited;
    return code;
  }
}
