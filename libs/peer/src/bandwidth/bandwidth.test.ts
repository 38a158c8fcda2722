import { ManualClock } from "@goliath/kit";
import { describe, expect, it } from "vitest";
import { Bandwidth } from "./bandwidth.ts";
import { ratesAt, wallTime, type BandwidthPlan } from "./bandwidth-schedule.ts";

const FREE = Number.POSITIVE_INFINITY;
const NIGHT = { fromMinute: 23 * 60, toMinute: 7 * 60 };
const [SUN, MON, FRI, SAT] = [0, 1, 5, 6];
const PLAN: BandwidthPlan = {
  up: 100_000,
  schedule: [
    { hours: NIGHT, days: [1, 2, 3, 4, 5], up: FREE },
    { days: [SAT, SUN], up: 500_000, down: 700_000 },
  ],
};
const HOUR_MS = 3_600_000;

const at = (day: number, hour: number, minute = 0) =>
  ratesAt(PLAN, { day, minute: hour * 60 + minute });

describe("ratesAt", () => {
  it("takes the first rule that applies and names the direction, else what holds always", () => {
    expect(at(MON, 12)).toEqual({ up: 100_000, down: FREE });
    expect(at(SAT, 12)).toEqual({ up: 500_000, down: 700_000 });
    // Friday's night, on Saturday: the first rule says nothing of what is fetched.
    expect(at(SAT, 3)).toEqual({ up: FREE, down: 700_000 });
    expect(ratesAt({}, { day: 0, minute: 0 })).toEqual({ up: FREE, down: FREE });
  });

  it("lets a night belong to the day on which it begins", () => {
    expect(at(MON, 6, 59).up).toBe(100_000);
    expect(at(MON, 23).up).toBe(FREE);
    expect(at(FRI, 6, 59).up).toBe(FREE);
    expect(at(FRI, 7).up).toBe(100_000);
    expect(at(SAT, 6, 59).up).toBe(FREE);
    expect(at(SUN, 3).up).toBe(500_000);
  });

  it("holds hours within a day up to before their end", () => {
    const plan = { schedule: [{ hours: { fromMinute: 540, toMinute: 1440 }, up: 1 }] };
    const rate = (minute: number) => ratesAt(plan, { day: 0, minute }).up;
    expect([rate(539), rate(540), rate(1439)]).toEqual([FREE, 1, 1]);
  });
});

describe("wallTime", () => {
  it("is what a clock on the wall of the zone shows, in summer too", () => {
    const winter = Date.parse("2026-01-15T23:30:00Z");
    const summer = Date.parse("2026-07-15T23:30:00Z");
    expect(wallTime(winter, "Europe/Berlin")).toEqual({ day: FRI, minute: 30 });
    expect(wallTime(summer, "Europe/Berlin")).toEqual({ day: 4, minute: 90 });
    expect(wallTime(winter, "UTC")).toEqual({ day: 4, minute: 23 * 60 + 30 });
    // The machine's own zone, whatever it is: as a Date shows it.
    const here = new Date(summer);
    const minute = here.getHours() * 60 + here.getMinutes();
    expect(wallTime(summer)).toEqual({ day: here.getDay(), minute });
  });
});

function open({ plan = PLAN, now }: { plan?: BandwidthPlan; now: string }) {
  const clock = new ManualClock({ nowMs: Date.parse(now) });
  const bandwidth = new Bandwidth({ clock, plan, timeZone: "Europe/Berlin" });
  bandwidth.start();
  return { clock, bandwidth };
}

describe("Bandwidth", () => {
  it("follows its hours to the minute", async () => {
    // A Monday, 22:59:30 in Berlin.
    const { clock, bandwidth } = open({ now: "2026-01-12T21:59:30Z" });
    expect(bandwidth.status()).toEqual({ up: 100_000, down: null, set: false });
    await clock.advance(29_999);
    expect(bandwidth.upload.rate).toBe(100_000);
    await clock.advance(1);
    expect(bandwidth.upload.rate).toBe(FREE);
    await clock.advance(8 * HOUR_MS - 1);
    expect(bandwidth.upload.rate).toBe(FREE);
    await clock.advance(1);
    expect(bandwidth.upload.rate).toBe(100_000);
    await bandwidth[Symbol.asyncDispose]();
    expect(clock.sleeping).toBe(0);
  });

  it("lets an hour that summer time leaves out not come, and one it repeats come twice", async () => {
    const hour = { fromMinute: 150, toMinute: 180 };
    const plan = { schedule: [{ hours: hour, up: 50_000 }] };
    // 2026-03-29: 01:59 is followed by 03:00. 2026-10-25: 02:59 by 02:00.
    for (const [now, halfHours] of [
      ["2026-03-29T00:00:00Z", 0],
      ["2026-10-25T00:00:00Z", 2],
    ] as const) {
      const { clock, bandwidth } = open({ plan, now });
      let minutes = 0;
      for (let minute = 0; minute < 240; minute++) {
        await clock.advance(60_000);
        if (bandwidth.upload.rate !== FREE) minutes++;
      }
      expect(minutes).toBe(halfHours * 30);
      await bandwidth[Symbol.asyncDispose]();
    }
  });

  it("hears of a clock that was set within a minute", async () => {
    const { clock, bandwidth } = open({ now: "2026-01-12T12:00:00Z" });
    clock.jump(12 * HOUR_MS);
    await clock.advance(60_000);
    expect(bandwidth.upload.rate).toBe(FREE);
    await bandwidth[Symbol.asyncDispose]();
  });

  it("keeps what somebody set until it is reset", async () => {
    const { clock, bandwidth } = open({ now: "2026-01-12T12:00:00Z" });
    expect(bandwidth.set({ up: 40_000 })).toEqual({ up: 40_000, down: null, set: true });
    expect(bandwidth.set({ down: 60_000 })).toEqual({ up: 40_000, down: 60_000, set: true });
    await clock.advance(12 * HOUR_MS);
    expect(bandwidth.upload.rate).toBe(40_000);
    expect(bandwidth.reset()).toEqual({ up: null, down: null, set: false });
    await bandwidth[Symbol.asyncDispose]();
  });

  it("needs no timer without hours", () => {
    const { clock } = open({ plan: { up: 50_000 }, now: "2026-01-12T12:00:00Z" });
    expect(clock.sleeping).toBe(0);
  });
});
