/** Whether a mirror is the drive's directory, and says so. */
import { join, relative } from "node:path";
import type { ModelEntry } from "@goliath/index/testing";
import type { DirId, DrivePath, FileBody } from "@goliath/protocols/nouns";
import type { FoundFile } from "../own-files.ts";
import type { PeerMachine } from "../peer-machine.ts";
import type { World } from "../world.ts";
import { isVersion } from "./drive-checks.ts";
import { below, holds, isHeld } from "./held.ts";

interface Mirror {
  local: string;
  state: string;
  problems: string[];
}

/** What is not as it should be yet. */
export async function mirrorOpen(
  world: World,
  { machine, mirror }: { machine: PeerMachine; mirror: Mirror },
): Promise<string | undefined> {
  const { local, state, problems } = mirror;
  if (state === "lost") return undefined;
  // Somebody took the folder itself away: it is theirs to say what is meant.
  if (state === "paused" && machine.user.hasRemoved(local)) return undefined;
  // The simulated disk may give a folder another number when the power is cut, as no real one.
  if (problems.some((text) => text.includes("another folder stands"))) return undefined;
  if (state !== "complete" && state !== "syncing") return `it is ${state} (${problems.join("; ")})`;
  const dir = machine.mirrored(local);
  const path = dir !== undefined && (await pathOf(world, dir));
  if (!path) return "nobody knows what is mirrored there";
  const tree = below(world.record.at(), path);
  for (const file of await machine.files(local)) {
    const place = relative(local, file.path);
    const entry = tree.get(place);
    if (entry?.body && isVersion(file.bytes, entry.body)) {
      tree.delete(place);
      if (machine.peer && !holds(machine.peer, entry.body)) return `${place} is here and not held`;
    } else if (!isUsers(world, { machine, file }) && !isBefore(world, { file, body: entry?.body }))
      return `${place} is neither the drive's version nor the user's`;
  }
  return unlike(world, { machine, mirror, tree });
}

/** What is not there, or is the user's, may be waited for only where nobody has it any more. */
async function unlike(
  world: World,
  {
    machine,
    mirror: { local, state, problems },
    tree,
  }: { machine: PeerMachine; mirror: Mirror; tree: Map<string, ModelEntry> },
): Promise<string | undefined> {
  const there = new Set((await machine.files(local)).map(({ path }) => relative(local, path)));
  let waits = false;
  for (const [place, { body }] of tree) {
    // Names that are Goliath's own inside a mirror are left out.
    if (!body || place.includes(".goliath")) continue;
    const isLost = !isHeld(world, body);
    waits ||= isLost;
    // What somebody changed is theirs, a folder in place of a file as well as other bytes in it.
    const isTheirs = there.has(place) || machine.user.hasMade(join(local, place));
    if (!isTheirs && !(isLost && state === "syncing")) return `${place} is missing`;
  }
  return state === "complete" || waits ? undefined : `it is ${state} (${problems.join("; ")})`;
}

/** Of what nobody holds any more, the version before stays. */
function isBefore(
  world: World,
  { file, body }: { file: FoundFile; body: FileBody | undefined },
): boolean {
  if (!body || isHeld(world, body)) return false;
  return world.record.bodies(file.bytes.length).some((other) => isVersion(file.bytes, other));
}

function isUsers(
  world: World,
  { machine, file }: { machine: PeerMachine; file: FoundFile },
): boolean {
  const { own, user } = machine;
  if (own.isRotten(file.digest) || own.hasTouched(file.digest) || file.bytes.length === 0)
    return true;
  return user.hasArranged(file.path) || isHeldBack(world, { machine, file });
}

/**
 * What a restored index has lost is not taken from a mirror at its word. What was replaced when the
 * power went before it was recorded may be taken for its user's: it is kept beside.
 */
function isHeldBack(
  { wasRestored, record }: World,
  { machine, file: { path, bytes } }: { machine: PeerMachine; file: FoundFile },
): boolean {
  const isAside = machine.hasLostPower && path.includes(".conflict-");
  if (!wasRestored && !isAside) return false;
  return record.bodies(bytes.length).some((body) => isVersion(bytes, body));
}

async function pathOf({ index }: World, dir: DirId): Promise<DrivePath | undefined> {
  return index.engine?.pathOf({ dir }).catch(() => undefined);
}
