/** Listens on the same ports at every start: an address in a link must stay good. */
import { GoliathError, hasCode } from "@goliath/protocols/nouns";
import type { Network } from "@goliath/net";
import type { IndexConfig } from "./index-home.ts";

/** Where an index listens that was not told. */
export const LISTEN_DEFAULT: readonly string[] = ["/ip4/0.0.0.0/tcp/4600"];

const ANY_PORT = /\/tcp\/0$/u;

export interface SteadyListenInit {
  /** As asked for now; undefined: as before. */
  listen: readonly string[] | undefined;
  /** Told to others instead, as asked for now; undefined: as before. */
  announce: readonly string[] | undefined;
  config: IndexConfig;
  open: (listen: readonly string[], announce: readonly string[]) => Promise<Network>;
}

export interface SteadyNetwork {
  network: Network;
  /** To be saved. */
  config: IndexConfig;
}

/**
 * Opens the network on the addresses asked for. One that leaves the port open gets the port it had
 * before, when that is free. Where nothing was ever asked for and the usual port is taken, another
 * is chosen once.
 */
export async function listenSteadily({
  listen,
  announce: told,
  config,
  open,
}: SteadyListenInit): Promise<SteadyNetwork> {
  const asked = listen ?? config.listen ?? LISTEN_DEFAULT;
  const announce = told ?? config.announce ?? [];
  const steady = asked.map((address) => withPort(address, config.ports[address]));
  const attempts = [
    { asked, listen: steady },
    { asked, listen: asked },
  ];
  if (!listen && !config.listen) {
    const free = asked.map((address) => address.replace(/\/tcp\/\d+$/u, "/tcp/0"));
    attempts.push({ asked: free, listen: free });
  }
  let failure: unknown = new GoliathError("unavailable", "nowhere to listen");
  for (const attempt of attempts) {
    try {
      const network = await open(attempt.listen, announce);
      // What is announced says nothing of the ports that were got.
      const isTold = announce.length > 0;
      const ports = isTold ? config.ports : portsOf(attempt.asked, network.addresses());
      const kept = { ...config, listen: [...attempt.asked], announce: [...announce], ports };
      return { network, config: kept };
    } catch (error) {
      if (!hasCode(error, "unavailable")) throw error;
      failure = error;
    }
  }
  throw failure;
}

function withPort(address: string, port: number | undefined): string {
  return port === undefined ? address : address.replace(ANY_PORT, `/tcp/${port}`);
}

/** The port each open-ended address got, found among what is listened on. */
function portsOf(asked: readonly string[], listening: readonly string[]): Record<string, number> {
  const open = asked.filter((address) => ANY_PORT.test(address));
  return Object.fromEntries(
    open.flatMap((address): [string, number][] => {
      const [, family = "", host = ""] = address.split("/");
      const isAny = host === "0.0.0.0" || host === "::";
      const start = isAny ? `/${family}/` : `/${family}/${host}/`;
      const found = listening.find((other) => other.startsWith(start));
      const port = Number(/\/tcp\/(\d+)/u.exec(found ?? "")?.[1]);
      return port > 0 ? [[address, port]] : [];
    }),
  );
}
