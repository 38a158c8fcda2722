/**
 * A peer that may do no more than its user, among files and folders that are not all theirs. Its user
 * is root without any capability, for whom modes hold as for anybody: another user could perhaps not
 * read this repository.
 */
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

/** Somebody else: Debian's `nobody` and `nogroup`. */
const NOBODY = 65534;
const reason =
  process.platform === "linux" && process.getuid?.() === 0 ? undefined : "needs root on Linux";

interface Status {
  shares: { state: string; problems: string[] }[];
  mirrors: { state: string; problems: string[] }[];
}

let world: World;
let alice: Daemon;
let bob: Daemon;
let source: string;
let copy: string;

beforeAll(async () => {
  if (reason !== undefined) return;
  const through = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];
  world = await openWorld("permissions", (name) => ({
    args: ["--listen", "/ip4/127.0.0.1/tcp/0", "--no-mdns"],
    ...(name === "index" ? {} : { through }),
  }));
  await chmod(world.folder, 0o755);
  [source, copy] = [world.path("source"), world.path("copy")];
  for (const folder of ["alice", "bob", "source", "source/shut", "copy"].map((one) =>
    world.path(one),
  )) {
    await mkdir(folder);
  }
  for (const name of ["open", "secret", "shut/in it", "other"])
    await writeFile(join(source, name), name);
  await chmod(join(source, "secret"), 0o000);
  [alice, bob] = await Promise.all([world.join("alice"), world.join("bob")]);
  await alice.call("share", { local: source, path: "/data" });
  await bob.call("mirror", { path: "/data", local: copy });
});
afterAll(() => world?.[Symbol.asyncDispose]());

const namesIn = async (folder: string): Promise<string> =>
  String((await readdir(folder)).filter((name) => name !== ".goliath").toSorted());

const problemsOf = async (peer: Daemon, what: keyof Status): Promise<string> =>
  ((await peer.call<Status>("status"))[what][0]?.problems ?? []).join("\n");

describe.skipIf(reason !== undefined)(
  `a peer of no privilege${reason ? ` (${reason})` : ""}`,
  () => {
    it("shares what it may read, names what it may not, and takes that up when it may", async () => {
      await until(
        () => namesIn(copy),
        (names) => names === "open,other,shut",
      );
      expect(await problemsOf(alice, "shares")).toMatch(/secret.*cannot be read/u);
      await chmod(join(source, "secret"), 0o600);
      await until(
        () => namesIn(copy),
        (names) => names === "open,other,secret,shut",
      );
      expect(await readFile(join(copy, "secret"), "utf8")).toBe("secret");
    });

    it("deletes nothing of a folder it may no longer look into", async () => {
      await chmod(join(source, "shut"), 0o000);
      // A start looks at everything at once.
      await alice.stop();
      await alice.start();
      await writeFile(join(source, "later"), "later");
      await until(
        () => namesIn(copy),
        (names) => names.includes("later"),
      );
      await until(
        () => problemsOf(alice, "shares"),
        (problems) => /shut.*cannot be read/u.test(problems),
      );
      expect(await namesIn(join(copy, "shut"))).toBe("in it");
      await chmod(join(source, "shut"), 0o700);
    });

    it("waits with a mirror's folder it may not write into, and goes on when it may", async () => {
      await chown(copy, NOBODY, NOBODY);
      await writeFile(join(source, "open"), "second");
      await until(
        () => problemsOf(bob, "mirrors"),
        (problems) => /permission/u.test(problems),
      );
      expect(await readFile(join(copy, "open"), "utf8")).toBe("open");
      await chown(copy, 0, 0);
      await until(
        () => readFile(join(copy, "open"), "utf8"),
        (text) => text === "second",
      );
    });

    it("keeps a file of another user's that stands in the way, as it is", async () => {
      const theirs = join(copy, "other");
      await writeFile(join(copy, "beside"), "theirs");
      await chown(join(copy, "beside"), NOBODY, NOBODY);
      await rename(join(copy, "beside"), theirs);
      await chmod(theirs, 0o600);
      await writeFile(join(source, "other"), "the drive's");
      await until(
        // In the instant between the two nothing stands there.
        () => readFile(theirs, "utf8").catch(() => ""),
        (text) => text === "the drive's",
      );
      const conflict = (await readdir(copy)).find((name) => name.startsWith("other.conflict-"));
      expect(await readFile(join(copy, conflict ?? "none"), "utf8")).toBe("theirs");
      await rm(join(copy, conflict ?? "none"));
    });
  },
);
