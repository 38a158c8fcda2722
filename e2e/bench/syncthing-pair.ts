/** Syncthing: two devices on loopback that know each other; both have the folder beforehand. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { until } from "../world/settled.ts";
import { freePort } from "../world/tcp-proxy.ts";
import type { Contestant, Pair } from "./contestant.ts";
import { missingProgram } from "./debian-package.ts";

const run = promisify(execFile);

/** How often B is asked whether it has all: small beside what is measured. */
const POLL_MS = 20;
/** Its own shortest: it looks at what its watcher saw after this many seconds. */
const WATCHER_DELAY_S = 1;

export const syncthing: Contestant = {
  name: "syncthing",
  follows: true,
  missing: () => missingProgram("syncthing", "syncthing"),
  open: openPair,
};

interface FolderStatus {
  state: string;
  needTotalItems: number;
  localBytes: number;
  localFiles: number;
  globalFiles: number;
  globalBytes: number;
}

class Device implements AsyncDisposable {
  readonly home: string;
  id = "";
  listen = 0;
  #api = 0;
  #key = "";
  #process: ChildProcess | undefined;

  constructor(home: string) {
    this.home = home;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  async start(): Promise<void> {
    await mkdir(this.home, { recursive: true });
    await run("syncthing", ["generate", "--no-default-folder", `--home=${this.home}`]);
    [this.listen, this.#api] = [await freePort(), await freePort()];
    const file = join(this.home, "config.xml");
    const config = (await readFile(file, "utf8"))
      .replace(/<address>127\.0\.0\.1:\d+<\/address>/u, `<address>127.0.0.1:${this.#api}</address>`)
      .replace("<listenAddress>default<", `<listenAddress>tcp://127.0.0.1:${this.listen}<`)
      .replace(
        /<(globalAnnounce|localAnnounce|relays|natE)(nabled|abled)?(Enabled)?>true</gu,
        (all) => all.replace("true", "false"),
      )
      .replace(/<urAccepted>0</u, "<urAccepted>-1<")
      .replace(/<crashReportingEnabled>true</u, "<crashReportingEnabled>false<");
    await writeFile(file, config);
    this.#key = /<apikey>([^<]+)</u.exec(config)?.[1] ?? "";
    this.#process = spawn("syncthing", ["serve", `--home=${this.home}`, "--no-browser"], {
      stdio: "ignore",
      env: { ...process.env, STNOUPGRADE: "1" },
    });
    const status = await until(
      () => this.get<{ myID: string }>("system/status").catch(() => undefined),
      Boolean,
      { what: "syncthing" },
    );
    this.id = status?.myID ?? "";
  }

  async get<Answer>(path: string): Promise<Answer> {
    const answer = await this.#fetch(path);
    return (await answer.json()) as Answer;
  }

  async put(path: string, body: unknown): Promise<void> {
    await this.#fetch(path, { method: "PUT", body: JSON.stringify(body) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#process;
    if (!child) return;
    const ended = once(child, "exit");
    child.kill();
    await ended;
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`http://127.0.0.1:${this.#api}/rest/${path}`, {
      ...init,
      headers: { "X-API-Key": this.#key },
    });
    if (!answer.ok) throw new Error(`syncthing: ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

async function openPair(folder: string, target: string): Promise<Pair> {
  const [a, b] = [new Device(join(folder, "a")), new Device(join(folder, "b"))];
  await Promise.all([a.start(), b.start()]);
  await know(a, b);
  await know(b, a);
  await follow(b, { path: target, other: a });
  const isConnected = ({ connections }: Connections): boolean =>
    Boolean(connections[b.id]?.connected);
  await until(() => a.get<Connections>("system/connections"), isConnected, { what: "syncthing" });
  return {
    roots: () => [a.pid, b.pid],
    transfer: async (source) => {
      await follow(a, { path: source, other: b });
      const isThere = ([ours, theirs]: [FolderStatus, FolderStatus]): boolean =>
        ours.state === "idle" &&
        ours.localFiles > 0 &&
        theirs.state === "idle" &&
        theirs.needTotalItems === 0 &&
        theirs.localFiles === ours.localFiles &&
        theirs.localBytes === ours.localBytes;
      const look = (): Promise<[FolderStatus, FolderStatus]> =>
        Promise.all([a.get<FolderStatus>(STATUS), b.get<FolderStatus>(STATUS)]);
      await until(look, isThere, {
        what: "syncthing's folder",
        pollMs: POLL_MS,
        timeoutMs: 600_000,
      });
      return 0;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([a[Symbol.asyncDispose](), b[Symbol.asyncDispose]()]);
    },
  };
}

const STATUS = "db/status?folder=data";

interface Connections {
  connections: Record<string, { connected: boolean }>;
}

async function know(device: Device, other: Device): Promise<void> {
  const addresses = [`tcp://127.0.0.1:${other.listen}`];
  await device.put(`config/devices/${other.id}`, { deviceID: other.id, addresses });
}

async function follow(
  device: Device,
  { path, other }: { path: string; other: Device },
): Promise<void> {
  await device.put("config/folders/data", {
    id: "data",
    path,
    fsWatcherEnabled: true,
    fsWatcherDelayS: WATCHER_DELAY_S,
    devices: [{ deviceID: device.id }, { deviceID: other.id }],
  });
}
