/**
 * Who may ask at all: a request must have come to a name that is ours, and from no other page than
 * our own. Neither lets anybody in; both keep out pages that a browser here happens to show.
 */
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

export interface GateInit {
  /** The numeric address that is listened on. */
  host: string;
  /** Names besides, as of a proxy in front. */
  names: readonly string[];
}

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];
/** What listens on all of a machine's addresses. */
const WILDCARDS = ["0.0.0.0", "::"];

/**
 * Whether a browser that sent this `Host` was led here by a name of ours. A page whose own name
 * was made to point at this machine (DNS rebinding) sends that name. The port says nothing: a
 * tunnel (`ssh -L`) has another. An address is no name, so where all are listened on all will do.
 */
export function isOurHost(header: string | undefined, { host, names }: GateInit): boolean {
  const name = hostName(header);
  if (name === undefined) return false;
  if (LOOPBACK.includes(name) || name === host || names.includes(name)) return true;
  return WILDCARDS.includes(host) && isIP(name) !== 0;
}

/** Whether a request that may do something is from our own page, or from no page. */
export function isOurPage({ host, origin, "sec-fetch-site": site }: IncomingHttpHeaders): boolean {
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  if (origin === undefined) return true;
  // The scheme may differ: a proxy in front may speak TLS where we do not.
  const match = /^https?:\/\/(?<host>[^/]+)$/u.exec(origin);
  return match?.groups?.["host"]?.toLowerCase() === host?.toLowerCase();
}

/** `localhost` of `localhost:4680`, `::1` of `[::1]:4680`. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[(?<six>[0-9a-f:.]+)\]|(?<name>[a-z0-9._-]+))(?::\d{1,5})?$/iu.exec(
    header ?? "",
  );
  return (match?.groups?.["six"] ?? match?.groups?.["name"])?.toLowerCase().replace(/\.$/u, "");
}
