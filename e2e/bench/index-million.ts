/** A drive of very many files in few directories: how its index starts, lists, is followed, searched. */
import { FEED_BOUNDS, FEED_PROTOCOL, FeedClient, type FeedEvent } from "@goliath/protocols/feed";
import type { ListRequest } from "@goliath/protocols/index";
import { REVISION_ZERO, ROOT_DIR, ROOT_PATH, type Revision } from "@goliath/protocols/nouns";
import { greet, parseLink } from "@goliath/protocols/pass";
import { FrameStream } from "@goliath/protocols/wire";
import { openMember, type Member } from "../world/index-client.ts";
import type { World } from "../world/world.ts";
import { median, type Figures } from "./figures.ts";
import { FEW, fillHugeFolder, HUGE } from "./huge-folder.ts";
import { inWorld, timed } from "./index-drive.ts";
import { searchedName, timeSearches } from "./index-search.ts";
import { cpuSeconds } from "./process-tree.ts";
import { ours, type Workload } from "./workload.ts";

/** How often each page is asked for; the middle one counts. */
const PAGES = 21;

export function millionWorkload(files: number): Workload {
  return ours("million", {
    title: `index: ${files} files in one directory; start, first pages, feed, search`,
    run: (folder) => inWorld(folder, (world) => runMillion(world, files)),
  });
}

async function runMillion(world: World, files: number): Promise<Figures> {
  await fillHugeFolder(world, files);
  const fillMiB = await world.index.peakMiB();
  await world.index.stop();
  const startMs = performance.now();
  await world.index.start();
  const startS = (performance.now() - startMs) / 1000;
  const startCpuS = await cpuSeconds([world.index.pid ?? 0]);
  await using member = await openMember(world, "reader");
  const pages = await timePages(member, files);
  const { wallS, cpuS, clientCpuS } = await timed(world, () => catchUp(world, { member, files }));
  const searches = await timeSearches(world, files);
  const feedPerS = files / wallS;
  return { startS, startCpuS, ...pages, feedPerS, cpuS, clientCpuS, fillMiB, ...searches };
}

/** Milliseconds of the first page of listings of every kind, as a client sees them. */
async function timePages({ index }: Member, files: number): Promise<Figures> {
  const { revision } = await index.drive();
  const pages: Record<string, ListRequest> = {
    rootMs: { where: { path: ROOT_PATH } },
    fewMs: { where: { path: FEW } },
    hugeMs: { where: { path: HUGE } },
    middleMs: { where: { path: HUGE }, after: searchedName(Math.floor(files / 2)) },
    pastMs: { where: { path: HUGE }, at: (revision - 1) as Revision },
    firstMs: { where: { path: HUGE }, at: 2 as Revision },
  };
  const figures: Figures = {};
  for (const [name, request] of Object.entries(pages)) {
    const times: number[] = [];
    for (let i = 0; i < PAGES; i++) {
      const startMs = performance.now();
      await index.list(request);
      times.push(performance.now() - startMs);
    }
    figures[name] = median(times);
  }
  return figures;
}

/** Follows everything from the beginning until all of it was told. */
async function catchUp(
  world: World,
  { member, files }: { member: Member; files: number },
): Promise<void> {
  const { generation, revision } = await member.index.drive();
  const { index, drive } = parseLink(world.index.ready?.link ?? "");
  const frames = new FrameStream(await member.network.open(index, FEED_PROTOCOL), FEED_BOUNDS);
  await greet(frames, { drive, name: "reader" });
  const feed = new FeedClient(frames);
  const ended = new AbortController();
  const request = { dir: ROOT_DIR, from: REVISION_ZERO, generation };
  let told = 0;
  for await (const event of feed.follow(request, { signal: ended.signal })) {
    told += countOf(event);
    if ("revision" in event && event.revision === revision && event.kind !== "changes") break;
    if (event.kind === "changes" && event.revision === revision && event.last) break;
  }
  ended.abort();
  await feed.close();
  if (told < files) throw new Error(`the feed told ${told} of ${files} files`);
}

function countOf(event: FeedEvent): number {
  return event.kind === "changes" ? event.changes.length : 0;
}
