/**
 * Machines of their own on one wire: network namespaces joined by a bridge, parted by packet
 * filters. Needs root, iproute2 and nftables.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Namespaces of one test process do not meet those of another. */
const PREFIX = `goliath-${process.pid}`;
const NETWORK = "10.77.0";

/** One direction between two machines. */
export interface Way {
  from: string;
  to: string;
}

export class Namespaces implements AsyncDisposable {
  readonly #names: readonly string[];

  /** Use `openNamespaces`. */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** What a process is started through to run on this machine. */
  through(name: string): string[] {
    return ["ip", "netns", "exec", namespaceOf(name)];
  }

  address(name: string): string {
    return `${NETWORK}.${this.#names.indexOf(name) + 1}`;
  }

  /** Packets this way vanish, and nobody is told. */
  async drop({ from, to }: Way): Promise<void> {
    await this.#filter(to, `add rule inet cut arriving ip saddr ${this.address(from)} drop`);
  }

  /** Packets vanish both ways. */
  async part(a: string, b: string): Promise<void> {
    await this.drop({ from: a, to: b });
    await this.drop({ from: b, to: a });
  }

  /** All packets arrive again. */
  async heal(): Promise<void> {
    for (const name of this.#names) await this.#filter(name, "flush chain inet cut arriving");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of [...this.#names, "wire"]) await deleteNamespace(name);
  }

  #filter(name: string, command: string): Promise<unknown> {
    return inside(name, ["nft", ...command.split(" ")]);
  }
}

/** Why there can be no namespaces here; undefined where there can. Installs what is missing. */
export async function noNamespaces(): Promise<string | undefined> {
  if (process.platform !== "linux") return "network namespaces are Linux's";
  if (process.getuid?.() !== 0) return "network namespaces need root";
  try {
    await run("sh", ["-c", "command -v ip nft || apt-get install -y iproute2 nftables"]);
    await using _tried = await openNamespaces(["tried"]);
    return undefined;
  } catch (error) {
    return `network namespaces cannot be made here: ${String(error).slice(0, 200)}`;
  }
}

export async function openNamespaces(names: readonly string[]): Promise<Namespaces> {
  const namespaces = new Namespaces(names);
  try {
    await makeNamespace("wire");
    await inside("wire", ["ip", "link", "add", "bridge", "type", "bridge"]);
    await inside("wire", ["ip", "link", "set", "bridge", "up"]);
    for (const name of names) await attach(name, namespaces.address(name));
    return namespaces;
  } catch (error) {
    await namespaces[Symbol.asyncDispose]();
    throw error;
  }
}

async function attach(name: string, address: string): Promise<void> {
  await makeNamespace(name);
  const plug = `to-${address.split(".").at(-1)}`;
  const wire = ["type", "veth", "peer", "name", "eth0", "netns", namespaceOf(name)];
  await inside("wire", ["ip", "link", "add", plug, ...wire]);
  await inside("wire", ["ip", "link", "set", plug, "master", "bridge", "up"]);
  await inside(name, ["ip", "address", "add", `${address}/24`, "dev", "eth0"]);
  for (const device of ["lo", "eth0"]) await inside(name, ["ip", "link", "set", device, "up"]);
  await inside(name, ["nft", "add table inet cut"]);
  const chain = "{ type filter hook input priority 0 ; }";
  await inside(name, ["nft", `add chain inet cut arriving ${chain}`]);
}

async function makeNamespace(name: string): Promise<void> {
  await run("ip", ["netns", "add", namespaceOf(name)]);
}

async function deleteNamespace(name: string): Promise<void> {
  await run("ip", ["netns", "delete", namespaceOf(name)]).catch(() => undefined);
}

function inside(name: string, command: readonly string[]): Promise<unknown> {
  return run("ip", ["netns", "exec", namespaceOf(name), ...command]);
}

function namespaceOf(name: string): string {
  return `${PREFIX}-${name}`;
}
