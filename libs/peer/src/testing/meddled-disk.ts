/** The machine's disk with somebody who acts between two of its calls, as a user may. */
import { systemDisk, type Disk } from "@goliath/kit";

/** One call of the disk, by its name and its paths. */
export interface DiskCall {
  op: keyof Disk;
  /** One path, or two for `rename` and `link`. */
  paths: string[];
}

export interface MeddledDisk extends Disk {
  /** Runs `act` once, before the first call for which `isIt` holds; what it throws the call throws. */
  before(isIt: (call: DiskCall) => boolean, act: () => Promise<void> | void): void;
  /** Runs `act` once, after the first such call that succeeded. */
  after(isIt: (call: DiskCall) => boolean, act: () => Promise<void> | void): void;
  /** Runs before every call: what it throws the call throws. */
  onCall: (call: DiskCall) => Promise<void> | void;
}

interface Meddling {
  isIt: (call: DiskCall) => boolean;
  act: () => Promise<void> | void;
}

export function createMeddledDisk(): MeddledDisk {
  const before: Meddling[] = [];
  const after: Meddling[] = [];
  const meddled: Record<string, unknown> = {
    ...systemDisk,
    onCall: () => undefined,
    before: (isIt: Meddling["isIt"], act: Meddling["act"]) => void before.push({ isIt, act }),
    after: (isIt: Meddling["isIt"], act: Meddling["act"]) => void after.push({ isIt, act }),
  };
  const disk = meddled as unknown as MeddledDisk;
  for (const op of Object.keys(systemDisk) as (keyof Disk)[]) {
    if (op === "database") continue;
    meddled[op] = async (...args: unknown[]): Promise<unknown> => {
      const paths = args.slice(0, op === "rename" || op === "link" ? 2 : 1) as string[];
      const call = { op, paths };
      await disk.onCall(call);
      await meddle(before, call);
      const result: unknown = await (systemDisk[op] as (...all: unknown[]) => unknown)(...args);
      await meddle(after, call);
      return result;
    };
  }
  return disk;
}

async function meddle(meddlings: Meddling[], call: DiskCall): Promise<void> {
  const at = meddlings.findIndex(({ isIt }) => isIt(call));
  if (at < 0) return;
  const [found] = meddlings.splice(at, 1);
  await found?.act();
}
