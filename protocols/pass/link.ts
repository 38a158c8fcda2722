/**
 * Links: all a person needs to reach a drive, in one line.
 *
 *   goliath:<drive>?index=<peer id>&at=<multiaddr>&at=…[&invite=<base64url>]
 *
 * A link without addresses says so with one empty `at`: a link that has none at all was cut by a
 * shell at its first `&`.
 */
import {
  GoliathError,
  parseDriveId,
  parsePeerId,
  type DriveId,
  type PeerId,
} from "../nouns/exports.ts";
import { SIGNED_BYTES_MAX } from "./signed.ts";

/** Longest link taken: one mail's line, many times what any real link needs. */
export const LINK_CHARACTERS_MAX = 8192;
/** Addresses in a link: a machine's interfaces and a relay or two. */
export const LINK_ADDRESSES_MAX = 32;

const SCHEME = "goliath:";

export interface DriveLink {
  drive: DriveId;
  index: PeerId;
  /** Multiaddrs of the index. */
  addresses: string[];
  /** A signed invite, for who is not a member yet. */
  invite?: Uint8Array;
}

export function formatLink({ drive, index, addresses, invite }: DriveLink): string {
  const at = addresses.length > 0 ? addresses : [""];
  const parts = [`index=${index}`, ...at.map((address) => `at=${encodeAddress(address)}`)];
  if (invite) parts.push(`invite=${Buffer.from(invite).toString("base64url")}`);
  return `${SCHEME}${drive}?${parts.join("&")}`;
}

/** Throws `bad-invite` with what is wrong and what to do. */
export function parseLink(text: string): DriveLink {
  const link = text.trim();
  if (link.length > LINK_CHARACTERS_MAX) throw bad("it is too long");
  if (!link.startsWith(SCHEME)) throw bad(`it does not start with ${SCHEME}`);
  const [drive = "", query = ""] = link.slice(SCHEME.length).split("?", 2);
  const parameters = new URLSearchParams(query);
  const index = parameters.get("index");
  if (index === null) throw bad("it names no index");
  const invite = parameters.get("invite");
  return {
    drive: parseId(drive, { parse: parseDriveId, what: "drive" }),
    index: parseId(index, { parse: parsePeerId, what: "index" }),
    addresses: parseAddresses(parameters.getAll("at")),
    ...(invite === null ? {} : { invite: parseInvite(invite) }),
  };
}

/** `/` may stand in a query (RFC 3986, 3.4) and keeps addresses readable. */
function encodeAddress(address: string): string {
  return encodeURIComponent(address).replaceAll("%2F", "/");
}

function parseId<Id>(
  text: string,
  { parse, what }: { parse: (text: string) => Id; what: string },
): Id {
  try {
    return parse(text);
  } catch (cause) {
    throw bad(`the id of its ${what} is damaged`, cause);
  }
}

function parseAddresses(at: string[]): string[] {
  if (at.length === 0) throw bad('it has no address; put it in quotes, a shell cuts it at "&"');
  if (at.length > LINK_ADDRESSES_MAX) throw bad("it has too many addresses");
  const addresses = at.filter((address) => address !== "");
  if (addresses.every((address) => /^\/[\x21-\x7e]+$/.test(address))) return addresses;
  throw bad("one of its addresses is damaged");
}

function parseInvite(text: string): Uint8Array {
  const invite = Buffer.from(text, "base64url");
  const whole = invite.length > 0 && invite.toString("base64url") === text;
  if (!whole || invite.length > SIGNED_BYTES_MAX) throw bad("its invite is damaged");
  return new Uint8Array(invite);
}

function bad(problem: string, cause?: unknown): GoliathError {
  const advice = "copy the whole line that `goliath invite` printed";
  return new GoliathError(
    "bad-invite",
    `this is not a Goliath link: ${problem}. Try again: ${advice}`,
    {
      cause,
    },
  );
}
