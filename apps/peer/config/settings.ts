/** All settings of `config.toml`, each with its explanation: the file and the code cannot differ. */
import { LOG_FORMATS, LOG_LEVELS } from "@goliath/kit";
import { BANDWIDTH_RULES_MAX } from "@goliath/peer/bandwidth";
import { GoliathError, parseLabels } from "@goliath/protocols/nouns";
import { parseByteRate } from "../arguments/byte-rate.ts";
import { parseByteSize } from "../arguments/byte-size.ts";
import { parseDuration } from "../arguments/duration.ts";
import { parseDays, parseHours } from "../arguments/hours.ts";
import { parseReserve } from "../arguments/reserve.ts";
import { parseSocketAddress } from "../arguments/socket-address.ts";
import { choice, flag, table, tables, text, texts, value } from "./setting.ts";

const announce = texts(
  {
    about:
      "Multiaddrs to tell others in place of those listened on, as of a router that forwards a port.",
    example: '["/ip4/203.0.113.7/tcp/4001"]',
  },
  multiaddrs,
);

const mdns = flag({ about: "Look for peers on the local network.", example: "true" });

const metricsAt = (port: number) =>
  value(
    {
      about:
        "Serve /metrics for Prometheus, /healthz and /readyz over HTTP: a port, which this machine " +
        "alone reaches, or an address such as 0.0.0.0:9464, which all reach who reach the machine: " +
        "there is no password. Off unless set.",
      example: String(port),
    },
    (raw) => {
      if (typeof raw === "number" || typeof raw === "string")
        return parseSocketAddress(String(raw));
      throw new GoliathError("bad-request", `expected a port such as ${port}, or "ADDRESS:PORT"`);
    },
  );

const peer = table("The peer: read by `goliath peer start`.", {
  name: text(
    { about: "What others see it called; this machine's name by default.", example: '"seedbox"' },
    (name) => name,
  ),
  join: text(
    {
      about:
        "The drive to join, at the first start: a link that `goliath invite` made. It lets its bearer " +
        "in until it is used: keep the file to yourself, and take it out afterwards.",
      example: '"goliath:…"',
    },
    (link) => link,
  ),
  listen: texts(
    {
      about:
        "Multiaddrs to listen on. Port 0 is any that is free; choose one and open it in the firewall, " +
        "so that others reach this peer.",
      example: '["/ip4/0.0.0.0/tcp/4001"]',
    },
    multiaddrs,
  ),
  announce,
  mdns,
  capacity: text(
    {
      about:
        "Pledge this much of the home's disk to the drive and become a keeper: the drive's policies " +
        "may then place copies here. 500GB is 500 * 10^9 bytes, 500GiB 500 * 2^30. Nothing is pledged " +
        "by default. Lowered below what is kept already, that stays, and nothing new comes.",
      example: '"500GB"',
    },
    parseByteSize,
  ),
  reserve: text(
    {
      about:
        "Space of the home's disk that is left free whatever was pledged: a size, or a share of the " +
        "whole disk.",
      example: '"5%"',
    },
    parseReserve,
  ),
  scrub: text(
    {
      about:
        "How much of its own store is read and hashed anew, to find what has rotted: 400kB/s is a " +
        "terabyte a month. A keeper of more wants more.",
      example: '"400kB/s"',
    },
    parseByteRate,
  ),
  labels: texts(
    {
      about:
        "What this machine is, for policies that prefer or avoid it: name=value, at most 16, each " +
        "of at most 64 letters, digits and signs. Copies of one chunk are spread over unlike machines.",
      example: '["region=eu", "owner=alice"]',
    },
    parseLabels,
  ),
  metrics: metricsAt(9464),
  http: value(
    {
      about:
        "Serve the web UI and its API: a port, which this machine alone reaches. `goliath web` prints " +
        "the address that opens it. An address such as 0.0.0.0:4680, which others reach, needs a " +
        "password, a certificate and its key; a tunnel (ssh -L) needs none. Off unless set.",
      example: "4680",
    },
    (raw) => {
      if (typeof raw === "number" || typeof raw === "string")
        return parseSocketAddress(String(raw));
      throw new GoliathError("bad-request", 'expected a port such as 4680, or "ADDRESS:PORT"');
    },
  ),
  "http-names": texts(
    {
      about: "Names the web UI is reached by besides its address, as those of a proxy in front.",
      example: '["seedbox.example"]',
    },
    (names) => names.map((name) => name.toLowerCase()),
  ),
  "http-password-file": text(
    {
      about:
        "A file with the password of the web UI in one line, of 12 characters or more, that its " +
        "owner alone can read.",
      example: '"/srv/goliath/password"',
    },
    (file) => file,
  ),
  "http-cert": text(
    {
      about: "The web UI's certificate, with those above it, as PEM.",
      example: '"/etc/ssl/a.pem"',
    },
    (file) => file,
  ),
  "http-key": text(
    { about: "The certificate's key, as PEM.", example: '"/etc/ssl/a.key"' },
    (file) => file,
  ),
});

const rates = {
  up: text(
    {
      about:
        'What is sent to other peers, at most: "20MB/s" is 20 * 10^6 bytes a second, "20MiB/s" ' +
        "20 * 2^20. Chunks are counted; what goes with them (names, reports) is little and is not.",
      example: '"unlimited"',
    },
    parseByteRate,
  ),
  down: text(
    { about: "What is fetched from other peers, at most.", example: '"unlimited"' },
    parseByteRate,
  ),
};

const bandwidth = table(
  "How fast the peer may be. `goliath limits` shows what holds now, and changes it until the next start.",
  {
    ...rates,
    schedule: tables(
      {
        about:
          "What holds at some hours instead, by this machine's local time. Of several entries the " +
          "first that applies and names a direction decides it.",
        max: BANDWIDTH_RULES_MAX,
      },
      {
        hours: text(
          {
            about: "From the first to before the second, of the next day where that is earlier.",
            example: '"23:00-07:00"',
          },
          parseHours,
        ),
        days: text(
          {
            about: "The days on which the hours begin, such as mon-fri or sat,sun; all by default.",
            example: '"mon-fri"',
          },
          parseDays,
        ),
        up: rateThen("What is sent in these hours."),
        down: rateThen("What is fetched in these hours."),
      },
    ),
  },
);

const index = table("The index: read by `goliath index start`.", {
  listen: texts(
    {
      about:
        "Multiaddrs to listen on. The index remembers what it was last told: change it here, and " +
        "give the peers the link that the next start prints.",
      example: '["/ip4/0.0.0.0/tcp/4600"]',
    },
    multiaddrs,
  ),
  announce,
  mdns,
  grace: text(
    {
      about:
        "How long a keeper may be away before its copies are made anew elsewhere: longer than a " +
        "reboot or an upgrade of one takes.",
      example: '"15m"',
    },
    parseDuration,
  ),
  metrics: metricsAt(9465),
});

const log = table("What both write to stderr, a line each.", {
  level: choice(
    { about: "From all to nothing: " + LOG_LEVELS.join(", ") + ".", example: '"info"' },
    LOG_LEVELS,
  ),
  format: choice(
    { about: "json for programs (one object a line), text for people.", example: '"json"' },
    LOG_FORMATS,
  ),
});

export const SETTINGS = table(
  "Settings of Goliath's daemons in this home, read when they start; options of the command line " +
    "beat them. Lines that begin with #key show an example and set nothing: take the # away. " +
    "`goliath config check` reads this file as a start would.",
  { peer, bandwidth, index, log },
);

export type Config = ReturnType<typeof SETTINGS.read>;

function rateThen(about: string) {
  return text({ about, example: '"unlimited"' }, parseByteRate);
}

function multiaddrs(addresses: readonly string[]): string[] {
  const wrong = addresses.find((address) => !address.startsWith("/"));
  if (wrong === undefined) return [...addresses];
  throw new GoliathError(
    "bad-request",
    `${JSON.stringify(wrong)} is no multiaddr: write /ip4/0.0.0.0/tcp/4001`,
  );
}
