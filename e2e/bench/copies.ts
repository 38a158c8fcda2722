/**
 * What copies cost an index: a thousand keepers, ten million chunks, then one keeper dies. In one
 * process, without network or disks: keepers answer at once, so that what remains of the time is
 * the index's own and the rate that it keeps to. Run by the bench; alone with
 * `node --expose-gc e2e/bench/copies.ts`.
 */
import { measureCopies } from "@goliath/index/testing/copies-load";

const MIB = 1024 * 1024;
const load = { keepers: 1000, blocks: 9766, lostBlocks: 10, chunkBytes: MIB };
const figures = await measureCopies(load);
const rssMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ ...figures, rssMiB })}\n`);
