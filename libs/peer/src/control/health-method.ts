/** `health`: how the copies of a directory's children stand, for a map of them. */
import type { ControlMethod } from "@goliath/kit";
import { GoliathError, joinPath, type DrivePath, type NamedEntry } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { countCopies } from "./count-copies.ts";
import type { ChildHealth, PeerControl } from "./peer-control.ts";
import { pathParam } from "./read-methods.ts";

/** Children looked at: the largest of so many first. */
const LISTED_MAX = 10_000;
/** Children told of; the others are told together. */
const CHILDREN_MAX = 500;

export function healthMethod(peer: Peer): ControlMethod {
  return async (params, { signal, progress }): Promise<PeerControl["health"]["result"]> => {
    const path = pathParam(params);
    const { children, revision, more } = await largest(peer, { path, signal });
    const total = { bytes: 0, chunks: 0, under: 0, bare: 0, unreachable: 0 };
    for (const { name, entry } of children.slice(0, CHILDREN_MAX)) {
      const bytes = entry.kind === "file" ? entry.size : entry.bytes;
      const counted = await countCopies(peer, { path: joinPath(path, name), at: revision, signal });
      const { chunks, under, bare, unreachable, fewest, fewestCopies } = counted;
      const counts = { bytes, chunks, under, bare, unreachable };
      for (const key of Object.keys(counts) as (keyof typeof counts)[]) total[key] += counts[key];
      const child: ChildHealth = { name, kind: entry.kind, fewest, fewestCopies, ...counts };
      await progress({ child });
    }
    const left = children.slice(CHILDREN_MAX);
    const leftOut = left.reduce((sum, { entry }) => sum + sizeOf(entry), 0);
    return { revision, ...total, leftOut: { children: left.length, bytes: leftOut }, more };
  };
}

interface Listed {
  children: NamedEntry[];
  revision: PeerRevision;
  /** Whether there are still others, which nobody looked at. */
  more: boolean;
}

type PeerRevision = Awaited<ReturnType<Peer["reader"]["list"]>>["revision"];

/** All of one revision, the largest first. */
async function largest(
  { reader }: Peer,
  { path, signal }: { path: DrivePath; signal: AbortSignal },
): Promise<Listed> {
  const first = await reader.list({ path, signal });
  const { revision } = first;
  const children = [...first.entries];
  let { next } = first;
  while (next !== undefined && children.length < LISTED_MAX) {
    const page = await reader.list({ path, at: revision, after: next, signal });
    children.push(...page.entries);
    next = page.next;
    if (page.entries.length === 0 && next !== undefined)
      throw new GoliathError("internal", "the index listed nothing and said there is more");
  }
  children.sort((a, b) => sizeOf(b.entry) - sizeOf(a.entry));
  return { children, revision, more: next !== undefined };
}

const sizeOf = (entry: NamedEntry["entry"]): number =>
  entry.kind === "file" ? entry.size : entry.bytes;
