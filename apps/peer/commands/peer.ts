/** `goliath peer start`, `stop`; `drain` is beside it */
import { hostname } from "node:os";
import { Command } from "commander";
import type { Reserve } from "@goliath/peer";
import type { BandwidthPlan } from "@goliath/peer/bandwidth";
import { parseLabels } from "@goliath/protocols/nouns";
import { parseByteRate } from "../arguments/byte-rate.ts";
import { parseByteSize } from "../arguments/byte-size.ts";
import { formatHome, homeOption } from "../arguments/home.ts";
import { parseReserve } from "../arguments/reserve.ts";
import { parseSocketAddress, type SocketAddress } from "../arguments/socket-address.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand, gather } from "../command.ts";
import type { Config } from "../config/settings.ts";
import type { HttpOptions, PeerReady } from "../daemon/daemons.ts";
import { addDaemonOptions, given, settleDaemon, type DaemonOptions } from "./daemon-options.ts";
import { drainCommand } from "./drain.ts";
import { runDaemon } from "./run-daemon.ts";

interface StartOptions extends DaemonOptions {
  join?: string;
  capacity?: number;
  reserve?: Reserve;
  label?: string[];
  up?: number;
  down?: number;
  name?: string;
  http?: SocketAddress;
}

export function peerCommand(cli: Cli): Command {
  return new Command("peer")
    .summary("Run a peer on this machine")
    .description("Runs a peer: it shares, mirrors and serves, and all other commands speak to it.")
    .addCommand(startCommand(cli))
    .addCommand(stopCommand(cli))
    .addCommand(drainCommand(cli));
}

function startCommand(cli: Cli): Command {
  const command = createCommand("start", {
    summary: "Start the peer of this home, in the foreground",
    description:
      "Starts the peer and runs until Ctrl-C or `goliath peer stop`. The first start in a home needs --join with " +
      "a link that `goliath invite` made; later starts need nothing. All of these can stand in config.toml in the " +
      "home (`goliath config default` prints one); options beat it. Logs go to stderr.",
    prints:
      "A paragraph once it serves.\n--json: one line once it serves: ready, peerId, listen, metrics and http where they are served.",
    examples: [
      "goliath peer start --join 'goliath:…'",
      "goliath peer start --home /srv/seed --capacity 500GB --listen /ip4/0.0.0.0/tcp/4001",
    ],
    exits: ["refused", "conflict", "unavailable", "full"],
  }).option("--join <link>", "the drive to join, on the first start");
  return addDaemonOptions(addKeeperOptions(command))
    .option("--name <name>", "what others see; this machine's name by default")
    .option(
      "--http <address>",
      "serve the web UI: a port of this machine alone (4680 is usual), or ADDRESS:PORT",
      argument(parseSocketAddress),
    )
    .action((options: StartOptions, self: Command) => cli.run(self, (run) => start(run, options)));
}

function addKeeperOptions(command: Command): Command {
  return command
    .option(
      "--capacity <size>",
      "pledge this much to the drive and become a keeper: 500GB",
      argument(parseByteSize),
    )
    .option(
      "--reserve <size>",
      "leave this much of the disk free, whatever was pledged: 20GB or 5%",
      argument(parseReserve),
    )
    .option("--label <label>", "what this machine is, as region=eu; may be repeated", gather)
    .option("--up <rate>", "send at most this much: 20MB/s or unlimited", argument(parseByteRate))
    .option("--down <rate>", "fetch at most this much", argument(parseByteRate));
}

async function start(run: Run, options: StartOptions): Promise<void> {
  const { ambient, home } = run;
  const { config, log, common } = await settleDaemon(run, { role: "peer", options });
  const { name = hostname(), join, capacity, reserve } = { ...config.peer, ...given(options) };
  const labels = options.label ? parseLabels(options.label) : config.peer?.labels;
  const bandwidth = bandwidthOf(options, config.bandwidth);
  const scrubRate = config.peer?.scrub;
  const http = httpOf(options, config);
  await runDaemon(run, {
    start: () =>
      ambient.daemons.startPeer({
        ...common,
        log,
        name,
        ...given({ join, capacityBytes: capacity, reserve, labels, bandwidth, scrubRate, http }),
        index: indexOptions(config, common),
      }),
    greet: (ready) => greet(ready, home),
  });
}

function httpOf({ http }: StartOptions, { peer = {} }: Config): HttpOptions | undefined {
  const listen = http ?? peer.http;
  const files = {
    passwordFile: peer["http-password-file"],
    certFile: peer["http-cert"],
    keyFile: peer["http-key"],
  };
  return listen && { listen, ...given({ names: peer["http-names"], ...files }) };
}

/** Of an index that runs in this home because its drive was created here. */
function indexOptions({ index }: Config, { mdns }: { mdns: boolean }) {
  const { listen, announce, grace, metrics } = index ?? {};
  const said = given({ listen, announce, graceMs: grace, metrics });
  return { ...said, mdns: index?.mdns ?? mdns };
}

/** A rate of the command line holds at all hours. */
function bandwidthOf(
  { up, down }: StartOptions,
  plan: BandwidthPlan | undefined,
): BandwidthPlan | undefined {
  const rates = given({ up, down });
  if (Object.keys(rates).length === 0) return plan;
  return { ...plan, schedule: [rates, ...(plan?.schedule ?? [])] };
}

function greet({ peerId, listen, metrics, http }: PeerReady, home: string): string[] {
  if (peerId === undefined) return greetNew(http, home);
  const option = homeOption(home);
  const next = [
    [`goliath ls /${option}`, "what the drive holds"],
    [`goliath share FOLDER /path${option}`, "publish a folder where it lies"],
    [`goliath mirror /path FOLDER${option}`, "keep a directory on this disk"],
  ] as const;
  const width = Math.max(...next.map(([command]) => command.length));
  return [
    `Peer ${peerId} serves from ${formatHome(home)}.`,
    ...listen.map((address) => `Listening on ${address}`),
    ...(metrics === undefined ? [] : [`Metrics at ${metrics}/metrics`]),
    ...(http === undefined ? [] : [`Web UI at ${http}`]),
    "",
    "In another terminal:",
    ...next.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`),
    "Ctrl-C stops it.",
  ];
}

/** A home without a drive: the page has what is next. */
function greetNew(http: string | undefined, home: string): string[] {
  return [
    `No drive is joined in ${formatHome(home)} yet. Create or join one here:`,
    ...(http === undefined ? [] : [`  ${http}`]),
    "Ctrl-C stops it.",
  ];
}

function stopCommand(cli: Cli): Command {
  return createCommand("stop", {
    summary: "Stop the peer of this home",
    prints: "Nothing.\n--json: {}",
    examples: ["goliath peer stop"],
  }).action((_options: object, self: Command) =>
    cli.run(self, async ({ daemon, out }) => out.result(await daemon.stopPeer(), () => [])),
  );
}
