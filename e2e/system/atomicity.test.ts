/** All of a commit or none of it, one order for all, each commit once: over real TCP. */
import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  hasCode,
  parsePath,
  rootOf,
  type Change,
  type FileBody,
  type Revision,
} from "@goliath/protocols/nouns";
import { openMember, type Member } from "../world/index-client.ts";
import { openWorld, type World } from "../world/world.ts";

const FILES = 10_000;
const ROUNDS = 6;

let world: World;
let writer: Member;
let other: Member;
let reader: Member;
/** Numbers only grow, whoever of one writer's calls takes them. */
let number = 1;

beforeAll(async () => {
  world = await openWorld("atomic");
  writer = await openMember(world, "writer");
  other = await openMember(world, "other");
  reader = await openMember(world, "reader", "reader");
});
afterAll(async () => {
  for (const member of [writer, other, reader]) await member[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** An empty file whose time tells in which round it was written. */
function mark(round: number): FileBody {
  return {
    size: 0,
    mtimeMs: round,
    executable: false,
    extents: [],
    root: rootOf(new Uint8Array()),
  };
}

function commit(
  member: Member,
  changes: Change[],
  fixed?: number,
): ReturnType<Member["index"]["commit"]> {
  const request = {
    number: fixed ?? number++,
    digest: new Uint8Array(),
    changes,
    leases: [],
    locations: [],
  };
  return member.index.commit(request);
}

/** The rounds seen in one listing of the whole directory, page after page at one revision. */
async function roundsSeen(): Promise<{ rounds: Set<number>; count: number }> {
  const rounds = new Set<number>();
  let count = 0;
  let at: Revision | undefined;
  for (let after: string | undefined; ;) {
    const page = await reader.index.list({
      where: { path: parsePath("/all") },
      ...(at === undefined ? {} : { at }),
      ...(after === undefined ? {} : { after }),
    });
    for (const { entry } of page.entries) if (entry.kind === "file") rounds.add(entry.mtimeMs);
    count += page.entries.length;
    at = page.revision;
    if (page.next === undefined) return { rounds, count };
    after = page.next;
  }
}

describe("commits", () => {
  it("of 10,000 files are seen whole or not at all", async () => {
    const paths = Array.from({ length: FILES }, (_, i) => parsePath(`/all/file-${i}`));
    await commit(writer, [{ op: "mkdir", path: parsePath("/all") }]);
    let writing = true;
    const writes = (async () => {
      for (let round = 1; round <= ROUNDS; round++) {
        await commit(
          writer,
          paths.map((path) => ({ op: "put", path, file: mark(round) })),
        );
      }
      writing = false;
    })();
    let looks = 0;
    const seen = new Set<number>();
    while (writing) {
      const { rounds, count } = await roundsSeen();
      expect(rounds.size).toBeLessThanOrEqual(1);
      expect([0, FILES]).toContain(count);
      for (const round of rounds) seen.add(round);
      looks++;
    }
    await writes;
    expect(looks).toBeGreaterThan(ROUNDS);
    expect((await roundsSeen()).rounds).toEqual(new Set([ROUNDS]));
  });

  it("of two writers with one precondition exactly one wins", async () => {
    for (let i = 0; i < 20; i++) {
      const path = parsePath(`/race-${i}`);
      const when = { absent: true as const };
      const results = await Promise.allSettled([
        commit(writer, [{ op: "put", path, file: mark(1), when }]),
        commit(other, [{ op: "put", path, file: mark(2), when }]),
      ]);
      const won = results.filter(({ status }) => status === "fulfilled");
      const lost = results.filter(
        (result) => result.status === "rejected" && hasCode(result.reason, "exists"),
      );
      expect([won.length, lost.length]).toEqual([1, 1]);
      const winner = results[0]?.status === "fulfilled" ? 1 : 2;
      const { entries } = await reader.index.resolve({ paths: [path] });
      expect(entries[0]).toMatchObject({ mtimeMs: winner });
      const { revision } = entries[0] as { revision: Revision };
      const again = await Promise.allSettled([
        commit(writer, [{ op: "put", path, file: mark(3), when: { revision } }]),
        commit(other, [{ op: "put", path, file: mark(4), when: { revision } }]),
      ]);
      expect(again.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
  });

  it("sent twice happen once, and another under the same number is refused", async () => {
    const path = parsePath("/once");
    const mine = number++;
    const first = await commit(writer, [{ op: "put", path, file: mark(1) }], mine);
    const again = await commit(writer, [{ op: "put", path, file: mark(1) }], mine);
    expect(again).toMatchObject({ revision: first.revision, again: true });
    expect((await reader.index.drive()).revision).toBe(first.revision);
    const another = commit(writer, [{ op: "put", path, file: mark(2) }], mine);
    await expect(another).rejects.toMatchObject({ code: "number-used" });
  });
});

describe("a pinned reader", () => {
  it("reads one revision's bytes while newer ones are committed", async () => {
    const alice = await world.join("alice");
    const bob = await world.join("bob");
    const bytes = Buffer.alloc(12 * 1024 * 1024, "first version ");
    await writeFile(world.path("v1"), bytes);
    const { revision } = await alice.call<{ revision: number }>("put", {
      local: world.path("v1"),
      path: "/pinned",
    });
    const overwrite = (async () => {
      for (let i = 0; i < 5; i++) {
        await writeFile(world.path("v2"), Buffer.alloc(12 * 1024 * 1024, `newer ${i} `));
        await alice.call("put", { local: world.path("v2"), path: "/pinned" });
      }
    })();
    for (let i = 0; i < 5; i++) {
      expect(bytes.equals(await bob.bytes("cat", { path: "/pinned", at: revision }))).toBe(true);
    }
    await overwrite;
    expect((await bob.bytes("cat", { path: "/pinned" })).subarray(0, 8).toString()).toBe(
      "newer 4 ",
    );
    expect(bytes.equals(await bob.bytes("cat", { path: "/pinned", at: revision }))).toBe(true);
  });
});
