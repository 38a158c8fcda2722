/** Who gets in, what they may do, and how they are put out: with real processes. */
import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { runGoliath } from "../world/goliath-command.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const START = ["--listen", "/ip4/127.0.0.1/tcp/0", "--no-mdns", "--json"];

let world: World;
let owner: Daemon;

beforeAll(async () => {
  world = await openWorld("members");
  owner = await world.join("owner", { role: "admin" });
  await mkdir(world.path("shared"));
  await writeFile(world.path("shared", "file"), "secret");
  await owner.call("share", { local: world.path("shared"), path: "/shared" });
});
afterAll(() => world[Symbol.asyncDispose]());

async function refusal(link: string, home: string): Promise<{ code: number; stderr: string }> {
  return runGoliath(["peer", "start", "--home", world.path(home), "--join", link, ...START]);
}

describe("membership", () => {
  it("admits nobody by the drive's plain link", async () => {
    const { code, stderr } = await refusal(world.index.ready?.link ?? "", "stranger");
    expect(code).toBe(4);
    expect(stderr).toMatch(/invite/u);
  });

  it("admits once by an invite of one use", async () => {
    const link = await world.invite("reader");
    const reader = world.peer("reader");
    await reader.start("--join", link);
    expect((await reader.bytes("cat", { path: "/shared/file" })).toString()).toBe("secret");
    const again = await refusal(link, "second");
    expect(again.code).toBe(4);
  });

  it("refuses links that are malformed, forged or of another drive", async () => {
    expect((await refusal("goliath:nonsense", "bad1")).code).not.toBe(0);
    const link = await world.invite();
    const forged = link.slice(0, -8) + (link.endsWith("AAAAAAAA") ? "BBBBBBBB" : "AAAAAAAA");
    expect((await refusal(forged, "bad2")).code).toBe(4);
  });

  it("refuses a reader's writes and an ordinary writer's invites", async () => {
    const reader = world.peer("reader");
    const mkdirRefused = await reader.goliath("mkdir", "/readers");
    expect(mkdirRefused.code).toBe(4);
    const writer = await world.join("writer");
    expect((await writer.goliath("mkdir", "/writers")).code).toBe(0);
    expect((await writer.goliath("invite")).code).toBe(4);
  });

  it("lets an admin's peer invite, as the operator can in the index's home", async () => {
    const invited = await owner.goliath(
      "invite",
      "--role",
      "reader",
      "--expires",
      "1h",
      "--uses",
      "2",
      "--json",
    );
    const { link } = JSON.parse(invited.stdout) as { link: string };
    const guest = world.peer("guest");
    await guest.start("--join", link);
    expect((await guest.goliath("ls", "/")).stdout).toMatch(/shared/u);
    const operator = await runGoliath(["invite", "--home", world.index.home, "--json"]);
    expect(JSON.parse(operator.stdout)).toMatchObject({
      link: expect.stringMatching(/^goliath:/u) as string,
    });
  });

  it("ends a revoked peer's live streams and lets it in nowhere", async () => {
    const guest = await world.join("revoked");
    const peerId = guest.ready?.peerId ?? "";
    expect((await guest.bytes("cat", { path: "/shared/file" })).toString()).toBe("secret");
    const revoked = await owner.goliath("revoke", peerId);
    expect(revoked.code).toBe(0);
    await until(
      () => guest.call<{ index: { connected: boolean } }>("status"),
      ({ index }) => !index.connected,
      { what: "the cut connection" },
    );
    expect((await guest.goliath("cat", "/shared/file")).code).not.toBe(0);
    const members = await owner.call<{ peer: string; revoked: boolean }[]>("members");
    expect(members.find(({ peer }) => peer === peerId)).toMatchObject({ revoked: true });
  });
});
