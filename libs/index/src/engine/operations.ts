/** Every operation of the engine by name, so that it can run where its store is. */
import type { DriveInfo } from "@goliath/protocols/index/service";
import type { StoreReader } from "../store/index-store.ts";
import { changes } from "./changes.ts";
import { collect } from "./collect.ts";
import { commit, inspect } from "./commit.ts";
import { committedRuns } from "./committed-runs.ts";
import type { Context } from "./context.ts";
import { digests } from "./digests.ts";
import { beginGeneration } from "./generation.ts";
import { allocate, checkLeased, leasedAfter, renew, stageDigests } from "./leases.ts";
import { list } from "./list.ts";
import { log } from "./log.ts";
import { pathOf } from "./path-of.ts";
import { policies } from "./policies.ts";
import { record, records, setRecord } from "./records.ts";
import { resolve } from "./resolve.ts";
import { retain } from "./retain.ts";
import { tick } from "./running-time.ts";
import { usage } from "./usage.ts";
import { search } from "../search/scan-names.ts";

async function drive(reader: StoreReader, _: object, { leaseMs }: Context): Promise<DriveInfo> {
  const { drive: id, generation, chunkBytes, revision, oldest } = await reader.head();
  return { drive: id, generation, chunkBytes, revision, oldest, leaseMs };
}

export const READS = {
  drive,
  resolve,
  list,
  pathOf,
  search,
  policies,
  digests,
  checkLeased,
  inspect,
  log,
  changes,
  record,
  records,
  usage,
  leasedAfter,
  committedRuns,
};
export const WRITES = {
  allocate,
  renew,
  stageDigests,
  commit,
  setRecord,
  beginGeneration,
  tick,
  retain,
  collect,
};

export type Reads = typeof READS;
export type Writes = typeof WRITES;
export type ReadName = keyof Reads;
export type WriteName = keyof Writes;
/** What an operation is asked, and what it answers. */
export type RequestOf<Operation extends (...args: never[]) => unknown> = Parameters<Operation>[1];
export type ReplyOf<Operation extends (...args: never[]) => unknown> = Awaited<
  ReturnType<Operation>
>;
