/** Whether a share has published what stands on its disk. */
import { dirname, join, relative } from "node:path";
import type { ModelEntry } from "@goliath/index/testing";
import { isWithin, type DrivePath } from "@goliath/protocols/nouns";
import type { FoundFile } from "../own-files.ts";
import type { PeerMachine } from "../peer-machine.ts";
import type { World } from "../world.ts";
import { isVersion } from "./drive-checks.ts";
import { below, holds } from "./held.ts";

interface Share {
  local: string;
  path: string;
  state: string;
  problems: string[];
}

/** What is not as it should be yet. */
export async function shareOpen(
  world: World,
  { machine, share }: { machine: PeerMachine; share: Share },
): Promise<string | undefined> {
  const { local, path, state, problems } = share;
  if (state === "paused" && isTakenOver(world, { machine, path })) return undefined;
  if (state !== "following") return `it is ${state} (${problems.join("; ")})`;
  const tree = below(world.record.at(), path as DrivePath);
  for (const file of await machine.files(local)) {
    const place = relative(local, file.path);
    const open = fileOpen(world, { machine, share, file, tree });
    if (open !== undefined) return `${place} ${open}`;
    tree.delete(place);
  }
  // What others had put at the path stays there, and so does all when nobody knows any more.
  if (world.wasRestored || machine.sharedOver.has(local)) return undefined;
  const extra = [...tree].find(
    ([place, { body }]) => body && machine.user.hasRemoved(join(local, place)),
  );
  return extra && `${extra[0]} is published and gone`;
}

interface Look {
  machine: PeerMachine;
  share: Share;
  file: FoundFile;
  tree: Map<string, ModelEntry>;
}

function fileOpen(world: World, { machine, share, file, tree }: Look): string | undefined {
  const { local, problems } = share;
  const place = relative(local, file.path);
  const entry = tree.get(place);
  if (!entry?.body) {
    // Somebody else put something of another kind there while the path was not this share's.
    const mayClash = world.wasRestored || machine.sharedOver.has(local);
    const clash = mayClash ? clashOf(place, tree) : undefined;
    const isTold = problems.some((text) => clash !== undefined && text.includes(clash));
    return isTold ? undefined : "is not published";
  }
  if (machine.own.isRotten(file.digest)) return undefined;
  if (!isVersion(file.bytes, entry.body)) return "is another version";
  if (machine.peer && !holds(machine.peer, entry.body)) return "is published and not held";
  return undefined;
}

/** The place where the drive has a directory for this file, or a file for a folder above it. */
function clashOf(place: string, tree: Map<string, ModelEntry>): string | undefined {
  if (tree.has(place)) return place;
  for (let above = dirname(place); above !== "."; above = dirname(above))
    if (tree.get(above)?.body) return above;
  return undefined;
}

/** While a restored index knew of no claim, another peer claimed the path: only one can have it. */
function isTakenOver(
  { wasRestored, peers }: World,
  { machine, path }: { machine: PeerMachine; path: string },
): boolean {
  const others = peers.filter((other) => other !== machine);
  const claimed = others.flatMap(({ peer }) => peer?.shares.list() ?? []);
  return (
    wasRestored &&
    claimed.some(
      ({ state, path: other }) =>
        state === "following" &&
        (isWithin(other, path as DrivePath) || isWithin(path as DrivePath, other)),
    )
  );
}
