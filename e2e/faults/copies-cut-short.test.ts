/**
 * A write with copies cut short at each of its steps, as real processes: it either happened, whole
 * and at as many keepers as must have it, or it did not; and to do it again is safe.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  countOf,
  MIB,
  openCopiesWorld,
  usedOf,
  type CopiesWorld,
  type Put,
  type StatusSeen,
} from "../world/copies-world.ts";
import type { Daemon } from "../world/daemon.ts";
import { openProxy, freePort, type TcpProxy } from "../world/tcp-proxy.ts";
import { until } from "../world/settled.ts";

const CHUNKS = 8;
/** Slow enough to be seen on its way. */
const UP_RATE = 4 * MIB;
const TWO = ["--copies", "2", "--min-copies", "2"];
const NAMES = ["one", "two", "three"];

let world: CopiesWorld;
/** Between everybody and the first keeper. */
let proxy: TcpProxy;

beforeAll(async () => {
  const port = await freePort();
  proxy = await openProxy(port);
  const at = (number: number): string => `/ip4/127.0.0.1/tcp/${number}`;
  const places: Record<string, string[]> = {
    one: [at(port), "--announce", at(proxy.port)],
    // Nobody reaches the writer: all that it has to do with the first keeper goes by the proxy.
    writer: [at(0), "--announce", at(1)],
  };
  world = await openCopiesWorld({
    name: "cut-short",
    keepers: NAMES,
    // Longer than a test: repair does not move what the tests look at.
    grace: "10m",
    chunks: CHUNKS,
    placeOf: (name) => ({ args: ["--no-mdns", "--listen", ...(places[name] ?? [at(0)])] }),
  });
});
afterEach(async () => {
  await world.revive();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
});

interface Cut {
  put: Put;
  /** Of the keepers, before it. */
  before: StatusSeen[];
}

/** How far a write is, as its keepers show it. */
const STEPS = {
  /** The keepers have set room apart, and hardly anything has come. */
  announced: ({ before }: Cut) =>
    keepersWith((one, at) => usedOf(one) > usedOf(before[at]), { count: 2 }),
  pushed: ({ before }: Cut) =>
    keepersWith((one, at) => countOf(one) >= countOf(before[at]) + CHUNKS, { count: 2 }),
  pushing: ({ before }: Cut) =>
    keepersWith((one, at) => countOf(one) > countOf(before[at]) + 1, { count: 1 }),
};

/** Until so many keepers are like this; which ones. */
async function keepersWith(
  isSo: (one: StatusSeen, at: number) => boolean,
  { count }: { count: number },
): Promise<number[]> {
  const found = (all: StatusSeen[]): number[] => [...all.keys()].filter((at) => isSo(all[at]!, at));
  const all = await until(
    () => world.statuses(),
    (now) => found(now).length >= count,
    { what: "the write's getting so far", pollMs: 5 },
  );
  return found(all);
}

/** Puts at two keepers; `act` gets those that the step shows. */
async function cutAt(
  step: keyof typeof STEPS,
  act: (victim: Daemon) => Promise<unknown>,
): Promise<Put> {
  const before = await world.statuses();
  await world.writer.call("limits", { up: UP_RATE });
  const put = await world.put(...TWO);
  const cut = { put, before };
  // The index, asleep, cannot commit before the test sees that all has been pushed.
  if (step === "pushed") {
    await STEPS.announced(cut);
    world.index.freeze();
    await world.writer.call("limits", { reset: true });
  }
  const [victim = 0] = await STEPS[step](cut);
  await act(world.keeper(victim));
  world.index.thaw();
  return put;
}

/** It happened or it did not, whatever its writer was told; then it is done again. */
async function expectSafe(put: Put): Promise<void> {
  const { code } = await put.done;
  await world.revive();
  const seen = await world.copies(put.path).catch((error: unknown) => error as Error);
  if (!(seen instanceof Error)) {
    expect(seen).toMatchObject({ chunks: CHUNKS });
    await world.expectWhole(world.writer, put);
  }
  if (code === 0) expect(seen).not.toBeInstanceOf(Error);
  else if (seen instanceof Error) expect(seen).toMatchObject({ code: "not-found" });
  const again = await world.again(put.path, ...TWO);
  expect([again.code, again.stderr]).toEqual([0, expect.any(String)]);
  await world.expectWhole(world.writer, put);
  await world.whole(put.path, { copies: 2 });
}

describe("put --copies", () => {
  it.each(["announced", "pushing", "pushed"] as const)(
    "happened or did not when the index is killed once it is %s",
    async (step) => {
      const put = await cutAt(step, async () => {
        await world.index.kill();
        await world.index.start();
      });
      await expectSafe(put);
    },
  );

  it.each(["announced", "pushed"] as const)(
    "happened or did not when its writer is killed once it is %s",
    async (step) => {
      const put = await cutAt(step, () => world.writer.kill());
      expect((await put.done).code).not.toBe(0);
      await world.writer.start();
      await expectSafe(put);
    },
  );

  it.each(["announced", "pushing"] as const)(
    "goes to another keeper when one is killed once it is %s",
    async (step) => {
      const put = await cutAt(step, (keeper) => keeper.kill());
      expect(await put.done).toMatchObject({ code: 0 });
      await world.expectWhole(world.writer, put);
      await expectSafe(put);
    },
  );

  it("goes on when the connection to a keeper is cut on the way", async () => {
    const [, , three] = world.keepers;
    // So that the one behind the proxy is taken for sure.
    await three?.stop();
    const before = await world.statuses();
    const passed = proxy.bytesFromTarget;
    await world.writer.call("limits", { up: UP_RATE });
    const put = await world.put("--copies", "2", "--min-copies", "1");
    await until(
      () => world.status(world.keeper(0)),
      (one) => countOf(one) > countOf(before[0]) + 1,
      { what: "a push under way", pollMs: 5 },
    );
    expect(proxy.bytesFromTarget).toBeGreaterThan(passed);
    proxy.reset();
    expect(await put.done).toMatchObject({ code: 0 });
    await world.expectWhole(world.writer, put);
    await three?.start();
    await expectSafe(put);
  });
});
