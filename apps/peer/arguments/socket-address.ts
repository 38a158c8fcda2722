/** Where something listens on this machine: `9464`, `127.0.0.1:9464`, `[::1]:9464`. */
import { isIP } from "node:net";
import { GoliathError } from "@goliath/protocols/nouns";

export interface SocketAddress {
  host: string;
  port: number;
}

const LOOPBACK = "127.0.0.1";
const PORT_MAX = 65_535;

/** A port alone is this machine's own: nobody else reaches it. Port 0 is any that is free. */
export function parseSocketAddress(text: string): SocketAddress {
  const match = /^(?:(?<host>\[[^\]]+\]|[^:]+):)?(?<port>\d{1,5})$/u.exec(text.trim());
  const host = match?.groups?.["host"]?.replace(/^\[(.+)\]$/u, "$1") ?? LOOPBACK;
  const port = Number(match?.groups?.["port"] ?? Number.NaN);
  // Names would be looked up, and may mean another address tomorrow.
  const named = host === "localhost" ? LOOPBACK : host;
  if (port <= PORT_MAX && isIP(named) !== 0) return { host: named, port };
  throw new GoliathError(
    "bad-request",
    `"${text}" is nowhere to listen: write a port as 9464, or an address as 0.0.0.0:9464 or [::]:9464`,
  );
}
