/**
 * What one stream carries between two processes on this machine, encrypted: bulk in frames of
 * 1 MiB, and short requests with long and short replies, many in flight. Prints rates, the CPU
 * seconds of both ends for a GiB or 1,000 requests, and resident memory. It says nothing of disks.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { identityFromSeed, openLibp2pNetwork, type Network } from "@goliath/net";
import type { PeerId } from "@goliath/protocols/nouns";
import { FrameStream } from "@goliath/protocols/wire";

const BULK_PROTOCOL = "/goliath/bench-bulk/1.0.0";
const REPLY_PROTOCOL = "/goliath/bench-reply/1.0.0";
const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;
const BOUNDS = { headerBytesMax: 1024, payloadBytesMax: MIB };
const HEADER = Buffer.from("chunk");
/** Bytes of a request: a few ids and digests. The first four say how long the reply is to be. */
const REQUEST_BYTES = 200;

interface Load {
  name: string;
  /** Bytes of one frame sent or one reply. */
  frameBytes: number;
  count: number;
  /** Before the measurement: compiles what is hot and touches the memory. */
  warmUp: number;
  /** Requests in flight; none: frames one way. */
  inFlight?: number;
}

const LOADS: readonly Load[] = [
  { name: "bulk", frameBytes: MIB, count: 1024, warmUp: 64 },
  { name: "200 B -> 1 MiB, 4 in flight", frameBytes: MIB, count: 1024, warmUp: 64, inFlight: 4 },
  {
    name: "200 B -> 8 KiB, 64 in flight",
    frameBytes: 8 * KIB,
    count: 40_000,
    warmUp: 10_000,
    inFlight: 64,
  },
  { name: "200 B -> 200 B, 1 in flight", frameBytes: 200, count: 4000, warmUp: 1000, inFlight: 1 },
];

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

/** Counts what arrives and answers requests; tells its parent its usage when asked. */
async function receive(tell: (message: Receiver | Usage) => void): Promise<void> {
  await using network = await open(1);
  await network.handle(BULK_PROTOCOL, async (stream) => {
    const frames = new FrameStream(stream, BOUNDS);
    let bytes = 0;
    for await (const { payload } of frames.frames()) bytes += payload.length;
    await frames.send(Buffer.from(String(bytes)));
  });
  const reply = Buffer.alloc(MIB, 7);
  await network.handle(REPLY_PROTOCOL, async (stream) => {
    const frames = new FrameStream(stream, BOUNDS);
    for await (const { header } of frames.frames()) {
      const bytes = Buffer.from(header).readUInt32BE(0);
      // Not awaited: what is in flight is answered at once, as services do.
      void frames.send(HEADER, reply.subarray(0, bytes)).catch(() => undefined);
    }
  });
  process.on("message", () => tell(usage()));
  tell({ peer: network.peerId, addresses: network.addresses() });
  await once(process, "disconnect");
}

/** Sends frames one way; returns the bytes that arrived. */
async function sendFrames(network: Network, peer: PeerId, load: Load, count: number) {
  const frames = new FrameStream(await network.open(peer, BULK_PROTOCOL), BOUNDS);
  const payload = Buffer.alloc(load.frameBytes, 7);
  for (let i = 0; i < count; i++) await frames.send(HEADER, payload);
  await frames.close();
  const reply = await frames.next();
  return Number(Buffer.from(reply?.header ?? "").toString());
}

/** Asks, with some requests in flight all the time; returns the bytes that arrived. */
async function askAll(network: Network, peer: PeerId, load: Load, count: number) {
  const frames = new FrameStream(await network.open(peer, REPLY_PROTOCOL), BOUNDS);
  const request = Buffer.alloc(REQUEST_BYTES);
  request.writeUInt32BE(load.frameBytes);
  let asked = 0;
  const ask = () => asked++ < count && void frames.send(request).catch(() => undefined);
  for (let i = 0; i < (load.inFlight ?? 1); i++) ask();
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    bytes += (await frames.next())?.payload.length ?? 0;
    ask();
  }
  await frames.close();
  return bytes;
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send("usage");
  const [answer] = (await once(child, "message")) as [Usage];
  return answer;
}

async function measure(load: Load): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ["receive"], { execArgv: process.execArgv });
  const [{ peer, addresses }] = (await once(child, "message")) as [Receiver];
  await using network = await open(2);
  await network.learn(peer, addresses);
  const run = load.inFlight === undefined ? sendFrames : askAll;
  await run(network, peer, load, load.warmUp);
  const before = [usage(), await usageOf(child)] as const;
  const startedMs = performance.now();
  const bytes = await run(network, peer, load, load.count);
  const seconds = (performance.now() - startedMs) / 1000;
  const after = [usage(), await usageOf(child)] as const;
  child.disconnect();
  if (bytes !== load.count * load.frameBytes) throw new Error(`${bytes} bytes arrived`);
  const [here = 0, there = 0] = after.map((end, i) => end.cpuSeconds - before[i]!.cpuSeconds);
  print(load, { seconds, cpuSeconds: [here, there], rssMiB: after.map(({ rssMiB }) => rssMiB) });
}

function print(
  { name, count, frameBytes, inFlight }: Load,
  { seconds, cpuSeconds, rssMiB }: { seconds: number; cpuSeconds: number[]; rssMiB: number[] },
): void {
  const perGiB = inFlight === undefined || frameBytes === MIB;
  const unit = perGiB ? (count * frameBytes) / GIB : count / 1000;
  const rate = perGiB
    ? `${((count * frameBytes) / 1e6 / seconds).toFixed(0)} MB/s`
    : `${(count / seconds).toFixed(0)} requests/s`;
  const [here = 0, there = 0] = cpuSeconds.map((cpu) => cpu / unit);
  const cpu = `${here.toFixed(3)} + ${there.toFixed(3)} = ${(here + there).toFixed(3)} CPU s`;
  const per = perGiB ? "GiB" : "1,000 requests";
  console.log(`${name}: ${rate}, ${cpu} per ${per}, ${rssMiB.join(" + ")} MiB resident`);
}

if (process.send && process.argv[2] === "receive")
  await receive((message) => process.send?.(message));
else {
  const [only] = process.argv.slice(2);
  for (const load of LOADS.filter(({ name }) => !only || name.startsWith(only))) {
    await measure(load);
  }
}
