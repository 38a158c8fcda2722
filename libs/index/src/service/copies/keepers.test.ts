import { ManualClock, silentLog } from "@goliath/kit";
import type { Heartbeat, Holder } from "@goliath/protocols/holdings";
import type { DriveId, PeerId } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { openMemoryIndexEngine } from "../../engine/open-memory-engine.ts";
import { Presence } from "../holdings/presence.ts";
import { testIdentity } from "../testing/simulated-peer.ts";
import { COPIES_DEFAULTS } from "./copies-settings.ts";
import { FAILURES_MAX, openKeepers } from "./keepers.ts";

const { graceMs, settleMs, distrustMs } = COPIES_DEFAULTS;
const ann = testIdentity(1).peerId;
const bob = testIdentity(2).peerId;
const nothing = async (): Promise<void> => undefined;
const HOLDER: Holder = { prove: nothing, announce: nothing, copy: nothing, drop: nothing };
const beat = (more: Partial<NonNullable<Heartbeat["keeper"]>> = {}): Heartbeat => ({
  addresses: [],
  name: "ann",
  capacityBytes: 100,
  freeBytes: 60,
  load: 1,
  keeper: { usedBytes: 40, labels: ["region=eu"], draining: false, ...more },
});

async function openWorld() {
  const clock = new ManualClock({ nowMs: 1e12 });
  const engine = await openMemoryIndexEngine({ drive: ann as string as DriveId, clock });
  const presence = new Presence(clock);
  const init = { engine, presence, clock, log: silentLog, settings: COPIES_DEFAULTS };
  const open = () => openKeepers(init);
  return {
    clock,
    engine,
    presence,
    open,
    /** The index starts again: nobody is here. */
    reopen: () => {
      for (const peer of [ann, bob]) presence.forget(peer);
      return open();
    },
    arrive: (peer: PeerId) => presence.arrive(peer, HOLDER),
    leave: (peer: PeerId) => presence.leave(peer, HOLDER),
  };
}

describe("Keepers", () => {
  it("counts a keeper that is here or has been away for less than the grace", async () => {
    const world = await openWorld();
    const keepers = await world.open();
    expect(keepers.counts(ann)).toBe(false);
    world.arrive(ann);
    await keepers.heard(ann, beat());
    expect(keepers.counts(ann)).toBe(true);
    world.leave(ann);
    await world.clock.advance(graceMs - 1);
    expect(keepers.counts(ann)).toBe(true);
    // The clock on the wall means nothing.
    world.clock.jump(10 * graceMs);
    expect(keepers.counts(ann)).toBe(true);
    await world.clock.advance(1);
    expect(keepers.counts(ann)).toBe(false);
    world.arrive(ann);
    expect(keepers.counts(ann)).toBe(true);
  });

  it("has on record who was a keeper when the index starts again, and waits for it", async () => {
    const world = await openWorld();
    const keepers = await world.open();
    expect(keepers.known).toBe(true);
    world.arrive(ann);
    await keepers.heard(ann, beat({ labels: ["owner=x"] }));
    const again = await world.reopen();
    expect(again.get(ann)).toMatchObject({ labels: ["owner=x"], capacityBytes: 100 });
    expect(again.known).toBe(false);
    expect(again.counts(ann)).toBe(true);
    world.arrive(ann);
    expect(again.known).toBe(false);
    // Its report may come before it says that it is a keeper.
    again.reported(ann);
    expect(again.known).toBe(true);
    expect(again.settling).toBe(true);
    await world.clock.advance(settleMs);
    expect(again.settling).toBe(false);
    const third = await world.reopen();
    await world.clock.advance(graceMs);
    expect(third.known).toBe(true);
    expect(third.counts(ann)).toBe(false);
  });

  it("does not wait again and again for one that reports all the time", async () => {
    const world = await openWorld();
    const keepers = await world.open();
    world.arrive(ann);
    await keepers.heard(ann, beat());
    keepers.reported(ann);
    await world.clock.advance(settleMs);
    keepers.reported(ann);
    expect(keepers.settling).toBe(false);
  });

  it("counts none that drains, and forgets one that is none any more", async () => {
    const world = await openWorld();
    const keepers = await world.open();
    world.arrive(ann);
    await keepers.heard(ann, beat({ draining: true }));
    expect([keepers.counts(ann), keepers.takers()]).toEqual([false, []]);
    expect((await world.reopen()).get(ann)).toMatchObject({ draining: true });
    const { keeper: _, ...plain } = beat();
    await keepers.heard(ann, plain);
    expect(keepers.get(ann)).toBeUndefined();
    expect((await world.reopen()).all()).toEqual([]);
  });

  it("takes off what was promised until the keeper speaks again", async () => {
    const world = await openWorld();
    const keepers = await world.open();
    world.arrive(ann);
    await keepers.heard(ann, beat());
    keepers.promise(ann, 50);
    expect(keepers.takers()).toMatchObject([{ freeBytes: 10, load: 2 }]);
    await keepers.heard(ann, beat());
    expect(keepers.takers()).toMatchObject([{ freeBytes: 60, load: 1 }]);
    world.leave(ann);
    expect(keepers.takers()).toEqual([]);
  });

  it("does not count one that failed a few times in a row, also after a start", async () => {
    const world = await openWorld();
    const keepers = await world.open();
    world.arrive(ann);
    await keepers.heard(ann, beat());
    for (let time = 1; time < FAILURES_MAX; time++) await keepers.failed(ann);
    keepers.showed(ann);
    for (let time = 1; time < FAILURES_MAX; time++) await keepers.failed(ann);
    expect(keepers.counts(ann)).toBe(true);
    await keepers.failed(ann);
    expect([keepers.counts(ann), keepers.countDistrusted()]).toEqual([false, 1]);
    // What it says of itself changes nothing of that.
    await keepers.heard(ann, beat({ labels: ["region=us"] }));
    expect(keepers.counts(ann)).toBe(false);
    const again = await world.reopen();
    world.arrive(ann);
    expect(again.counts(ann)).toBe(false);
    await world.clock.advance(distrustMs);
    world.arrive(ann);
    expect(again.counts(ann)).toBe(true);
  });
});
