/**
 * The peer as a process of its own: the window may go, or crash, and files go on moving. One that
 * runs in the home already is used, and left running.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { GoliathError } from "@goliath/protocols/nouns";

const run = promisify(execFile);
/** The last of what it said: enough for the error that ended it. */
const STDERR_CHARACTERS_MAX = 16 * 1024;
/** What a peer is given to end: what it may take, and a little more. */
const STOP_MS = 35_000;

export interface PeerProcessInit {
  /** What `goliath` is here: a program and its first arguments. */
  goliath: readonly [string, ...string[]];
  home: string;
  env?: NodeJS.ProcessEnv;
}

export interface PeerProcess extends AsyncDisposable {
  /** The address that opens the UI signed in. */
  readonly url: string;
  /** Settles when a process of ours has ended; never for one that was running already. */
  readonly ended: Promise<void>;
}

/** Throws what the peer said when it could not start. */
export async function openPeerProcess(init: PeerProcessInit): Promise<PeerProcess> {
  const { home, env = process.env } = init;
  const [program, ...words] = init.goliath;
  const args = [...words, "peer", "start", "--home", home, "--http", "0", "--json"];
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const exited = Promise.race([once(child, "exit"), once(child, "error")]).then(() => undefined);
  const said = lastWords(child);
  const ready = await Promise.race([firstLine(child), exited]);
  const url = urlOf(ready);
  if (url !== undefined) {
    return { url, ended: exited, [Symbol.asyncDispose]: () => end(child, exited) };
  }
  await end(child, exited);
  const error = errorIn(said());
  if (error.code !== "locked") throw error;
  return { url: await urlOfRunning(init), ended: new Promise(() => undefined), ...nothingToEnd };
}

const nothingToEnd = { [Symbol.asyncDispose]: async () => undefined };

async function urlOfRunning({ goliath, home, env = process.env }: PeerProcessInit) {
  const [program, ...words] = goliath;
  const args = [...words, "web", "--home", home, "--json"];
  const { stdout } = await run(program, args, { env }).catch((failure: { stderr?: string }) => {
    throw errorIn(failure.stderr ?? "");
  });
  const url = urlOf(stdout);
  if (url !== undefined) return url;
  throw new GoliathError("unavailable", `the peer of ${home} serves no UI: stop it, and try again`);
}

async function firstLine({ stdout }: ChildProcess): Promise<string | undefined> {
  if (!stdout) return undefined;
  const lines = createInterface({ input: stdout });
  for await (const line of lines) {
    // What it may say later has no reader, and must not fill the pipe.
    stdout.resume();
    return line;
  }
  return undefined;
}

function lastWords({ stderr }: ChildProcess): () => string {
  let text = "";
  stderr?.setEncoding("utf8").on("data", (part: string) => {
    text = `${text}${part}`.slice(-STDERR_CHARACTERS_MAX);
  });
  return () => text;
}

async function end(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await exited;
  clearTimeout(late);
}

function urlOf(line: string | undefined): string | undefined {
  const http = parseObject(line)?.["http"];
  return typeof http === "string" && URL.canParse(http) ? http : undefined;
}

/** The error among the lines of a log. */
function errorIn(text: string): GoliathError {
  for (const line of text.split("\n").toReversed()) {
    const found = parseObject(line)?.["error"];
    const { code, message } = { ...(typeof found === "object" ? found : {}) } as {
      code?: unknown;
      message?: unknown;
    };
    if (typeof message !== "string") continue;
    return new GoliathError(code === "locked" ? "locked" : "unavailable", message);
  }
  return new GoliathError("unavailable", `the peer did not start: ${text.trim() || "no reason"}`);
}

function parseObject(text = ""): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
