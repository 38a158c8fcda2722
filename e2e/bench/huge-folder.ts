/** A drive with one folder of very many names. */
import { parsePath } from "@goliath/protocols/nouns";
import { openMember } from "../world/index-client.ts";
import type { World } from "../world/world.ts";
import { commitOf, putAt } from "./index-drive.ts";
import { searchedName } from "./index-search.ts";

/** As a peer publishes a folder: 10,000 changes at once. */
const FILES_PER_COMMIT = 10_000;
export const HUGE = parsePath("/huge");
export const FEW = parsePath("/few");

export async function fillHugeFolder(world: World, files: number): Promise<void> {
  await using writer = await openMember(world, "writer");
  const few = Array.from({ length: 100 }, (_, at) => putAt(parsePath(`${FEW}/${at}`)));
  await writer.index.commit(commitOf(1, few));
  for (let done = 0, number = 2; done < files; done += FILES_PER_COMMIT) {
    const nameOf = (i: number) => parsePath(`${HUGE}/${searchedName(done + i)}`);
    const puts = Array.from({ length: FILES_PER_COMMIT }, (_, i) => putAt(nameOf(i)));
    await writer.index.commit(commitOf(number++, puts));
  }
}
