/** An acknowledged commit is on disk before anyone hears of it: as the kernel sees the index. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePath } from "@goliath/protocols/nouns";
import { openMember, type Member } from "../world/index-client.ts";
import { Trace, whyNoStrace } from "../world/strace.ts";
import { openWorld, type World } from "../world/world.ts";

const SYNCS = ["fdatasync", "fsync"];
const WRITES = ["pwrite64", "pwritev", "write", "writev"];
const SENDS = ["write", "writev", "sendto", "sendmsg"];
/** Long against a commit, which takes some milliseconds. */
const DELAY_MS = 700;
const COMMITS = 3;

let world: World;
let member: Member;

beforeAll(async () => {
  world = await openWorld("sync");
  member = await openMember(world, "member");
});
afterAll(async () => {
  await member[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

describe("the index", () => {
  it("has synced its log when a commit is answered", async ({ skip }) => {
    const missing = await whyNoStrace();
    if (missing !== undefined) return skip(missing);
    const trace = await Trace.attach({
      pid: world.index.pid ?? 0,
      to: world.path("trace"),
      calls: [...new Set([...SYNCS, ...WRITES, ...SENDS])],
      delayed: { calls: SYNCS, byMs: DELAY_MS },
    });
    const answers: { startedMs: number; endedMs: number }[] = [];
    for (let number = 1; number <= COMMITS; number++) {
      const startedMs = Date.now();
      const changes = [{ op: "mkdir" as const, path: parsePath(`/made-${number}`) }];
      const rest = { digest: new Uint8Array(), leases: [], locations: [] };
      await member.index.commit({ number, changes, ...rest });
      answers.push({ startedMs, endedMs: Date.now() });
      // Reading is not held up by a sync: the delay is the sync's, not the machine's.
      const readMs = Date.now();
      await member.index.drive();
      expect(Date.now() - readMs).toBeLessThan(DELAY_MS);
    }
    const calls = await trace.end();
    const log = calls.filter(({ file }) => file.endsWith("/index.db-wal"));
    for (const { startedMs, endedMs } of answers) {
      expect(endedMs - startedMs).toBeGreaterThanOrEqual(DELAY_MS);
      const during = log.filter((call) => call.startedMs >= startedMs && call.startedMs <= endedMs);
      const written = during.findLast(({ name }) => WRITES.includes(name));
      const synced = during.findLast(({ name }) => SYNCS.includes(name));
      expect(written?.startedMs).toBeLessThan(synced?.startedMs ?? 0);
      expect(synced?.endedMs).toBeLessThanOrEqual(endedMs);
      // The answer itself: what is sent first after the sync.
      const sent = calls.find(
        ({ name, file, startedMs: atMs }) =>
          SENDS.includes(name) && /^(TCP|socket)/u.test(file) && atMs >= (synced?.endedMs ?? 0),
      );
      expect(sent?.startedMs).toBeLessThanOrEqual(endedMs);
    }
  });
});
