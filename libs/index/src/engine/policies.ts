/** The policies that hold at paths, and where each part of them is set. */
import { RESOLVE_PATHS_MAX, type PathPolicy } from "@goliath/protocols/index/service";
import {
  DEFAULT_POLICY,
  GoliathError,
  nameOf,
  parentOf,
  ROOT_DIR,
  ROOT_PATH,
} from "@goliath/protocols/nouns";
import type { DrivePath, Policy } from "@goliath/protocols/nouns";
import type { StoreReader } from "../store/index-store.ts";
import type { PolicyKey } from "../store/upkeep-store.ts";
import { findPaths } from "./resolve.ts";

/** The policy of the root stands under a name that no entry can have. */
export const ROOT_KEY: PolicyKey = { dir: ROOT_DIR, name: "" };

export async function policies(
  reader: StoreReader,
  { paths }: { paths: DrivePath[] },
): Promise<PathPolicy[]> {
  if (paths.length > RESOLVE_PATHS_MAX) {
    throw new GoliathError("too-large", `at most ${RESOLVE_PATHS_MAX} paths at once`);
  }
  const set = await policiesSet(reader, paths);
  return paths.map((path) => effectiveAt(path, set));
}

/** What is set at the paths and at all above them. */
async function policiesSet(
  reader: StoreReader,
  paths: readonly DrivePath[],
): Promise<Map<DrivePath, Policy>> {
  const above = [...new Set(paths.flatMap(pathAndAbove))];
  const found = await findPaths(reader, { paths: above });
  const dirs = new Map(above.map((path, index) => [path, found[index]?.content]));
  const keys = new Map<DrivePath, PolicyKey>();
  for (const path of above) {
    const parent = dirs.get(parentOf(path));
    if (path === ROOT_PATH) keys.set(path, ROOT_KEY);
    else if (parent?.kind === "dir") keys.set(path, { dir: parent.dir, name: nameOf(path) });
  }
  const rows = await reader.policies([...keys.values()]);
  return new Map([...keys.keys()].flatMap((path, i) => (rows[i] ? [[path, rows[i]]] : [])));
}

function pathAndAbove(path: DrivePath): DrivePath[] {
  const paths = [path];
  for (let at = path; at !== ROOT_PATH;) paths.push((at = parentOf(at)));
  return paths;
}

function effectiveAt(path: DrivePath, set: ReadonlyMap<DrivePath, Policy>): PathPolicy {
  const from: PathPolicy["from"] = {};
  let held = DEFAULT_POLICY;
  for (const at of pathAndAbove(path).toReversed()) {
    const policy = set.get(at);
    if (!policy) continue;
    held = { ...held, ...policy };
    for (const field of Object.keys(policy) as (keyof Policy)[]) from[field] = at;
  }
  return { ...held, from };
}
