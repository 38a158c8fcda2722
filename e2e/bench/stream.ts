/**
 * What one stream carries between two processes on this machine, encrypted, in frames of 1 MiB:
 * megabytes a second, CPU seconds and resident memory of both ends. It says nothing of disks.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { identityFromSeed, openLibp2pNetwork, type Network } from "@goliath/net";
import type { PeerId } from "@goliath/protocols/nouns";
import { FrameStream } from "@goliath/protocols/wire";

const PROTOCOL = "/goliath/bench/1.0.0";
const MIB = 1024 * 1024;
const BOUNDS = { headerBytesMax: 1024, payloadBytesMax: MIB };
const HEADER = Buffer.from("chunk");
/** Sent before the measurement: compiles what is hot and touches the memory. */
const WARM_UP_FRAMES = 64;
const FRAMES = 1024;

interface Usage {
  cpuSeconds: number;
  rssMiB: number;
}

interface Receiver {
  peer: PeerId;
  addresses: string[];
}

function open(seed: number): Promise<Network> {
  return openLibp2pNetwork({
    identity: identityFromSeed(new Uint8Array(32).fill(seed)),
    listen: ["/ip4/127.0.0.1/tcp/0"],
    mdns: false,
    dht: false,
  });
}

function usage(): Usage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, rssMiB: Math.round(maxRSS / 1024) };
}

/** Counts what arrives; answers every message of its parent with its usage. */
async function receive(tell: (message: Receiver | Usage) => void): Promise<void> {
  await using network = await open(1);
  await network.handle(PROTOCOL, async (stream) => {
    const frames = new FrameStream(stream, BOUNDS);
    let bytes = 0;
    for await (const { payload } of frames.frames()) bytes += payload.length;
    await frames.send(Buffer.from(String(bytes)));
  });
  process.on("message", () => tell(usage()));
  tell({ peer: network.peerId, addresses: network.addresses() });
  await once(process, "disconnect");
}

async function sendFrames(network: Network, { peer }: Receiver, count: number): Promise<number> {
  const frames = new FrameStream(await network.open(peer, PROTOCOL), BOUNDS);
  const payload = Buffer.alloc(MIB, 7);
  for (let i = 0; i < count; i++) await frames.send(HEADER, payload);
  await frames.close();
  const reply = await frames.next();
  return Number(Buffer.from(reply?.header ?? "").toString());
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send("usage");
  const [answer] = (await once(child, "message")) as [Usage];
  return answer;
}

async function measure(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ["receive"], { execArgv: process.execArgv });
  const [receiver] = (await once(child, "message")) as [Receiver];
  await using network = await open(2);
  await network.learn(receiver.peer, receiver.addresses);
  await sendFrames(network, receiver, WARM_UP_FRAMES);
  const before = [usage(), await usageOf(child)] as const;
  const startedMs = performance.now();
  const bytes = await sendFrames(network, receiver, FRAMES);
  const seconds = (performance.now() - startedMs) / 1000;
  const after = [usage(), await usageOf(child)] as const;
  if (bytes !== FRAMES * MIB) throw new Error(`${bytes} bytes arrived`);
  console.log(`${(bytes / 1e6 / seconds).toFixed(0)} MB/s`);
  for (const [i, name] of ["sender", "receiver"].entries()) {
    const cpuSeconds = (after[i]?.cpuSeconds ?? 0) - (before[i]?.cpuSeconds ?? 0);
    console.log(`${name}: ${cpuSeconds.toFixed(1)} CPU s, ${after[i]?.rssMiB} MiB resident`);
  }
  child.disconnect();
}

if (process.send && process.argv[2] === "receive")
  await receive((message) => process.send?.(message));
else await measure();
