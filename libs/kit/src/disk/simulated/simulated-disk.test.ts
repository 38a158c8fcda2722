import { describe, expect, it } from "vitest";
import { ManualClock } from "../../manual-clock.ts";
import { diskError } from "./disk-error.ts";
import { seeded } from "./seeded.ts";
import { SimulatedDisk, type DiskCall } from "./simulated-disk.ts";

const WHOLE = { bigint: true } as const;
const LINES = "CREATE TABLE IF NOT EXISTS a (b)";

/** `draws`: what the power cut's share and then each thing is drawn from; the last one repeats. */
function newDisk(...draws: number[]): SimulatedDisk {
  const random = (): number => (draws.length > 1 ? (draws.shift() ?? 0) : (draws[0] ?? 0));
  const disk = new SimulatedDisk({ clock: new ManualClock(), random });
  disk.makeDirectory("/d");
  disk.syncAll();
  return disk;
}

/** Everything that was not synced is lost, or kept. */
const losing = (): SimulatedDisk => newDisk(0);
const keeping = (): SimulatedDisk => newDisk(0.99);

async function put(disk: SimulatedDisk, path: string, text: string, sync = false): Promise<void> {
  await using file = await disk.process().open(path, "w");
  await file.writeFile(text);
  if (sync) await file.sync();
}

async function syncFolder(disk: SimulatedDisk, path: string): Promise<void> {
  await using folder = await disk.process().open(path, "r");
  await folder.sync();
}

/** Whether the promise is still waiting once all that can happen has. */
async function waitsForEver(promise: Promise<unknown>): Promise<boolean> {
  const turn = new Promise<"later">((resolve) => setImmediate(() => resolve("later")));
  return (await Promise.race([promise.catch(() => "failed"), turn])) === "later";
}

describe("SimulatedDisk after a power cut", () => {
  it("has no file whose name was not synced, synced or not", async () => {
    const disk = losing();
    await put(disk, "/d/a", "bytes", true);
    disk.crash();
    expect(disk.names("/d")).toEqual([]);
  });

  it("has what was synced, with its name", async () => {
    const disk = losing();
    await put(disk, "/d/a", "bytes", true);
    await syncFolder(disk, "/d");
    await put(disk, "/d/a", "other bytes");
    disk.crash();
    expect(disk.textOf("/d/a")).toBe("bytes");
  });

  it("has not what could not be synced, whatever is synced later, unless written again", async () => {
    const disk = keeping();
    disk.write("/d/a", "old");
    disk.syncAll();
    const file = await disk.process().open("/d/a", "r+");
    await file.write(Buffer.from("new"), 0, 3, 0);
    disk.before = (call) => {
      if (call.call === "fsync") throw diskError("EIO", call);
    };
    await expect(file.sync()).rejects.toMatchObject({ code: "EIO" });
    disk.before = () => undefined;
    await file.sync();
    await put(disk, "/d/b", "written", true);
    expect(disk.textOf("/d/a")).toBe("new");
    disk.crash();
    expect(disk.textOf("/d/a")).toBe("old");
    expect(disk.textOf("/d/b")).toBe("written");
  });

  it("may have all that was not synced", async () => {
    const disk = keeping();
    await put(disk, "/d/a", "bytes");
    disk.crash();
    expect(disk.textOf("/d/a")).toBe("bytes");
  });

  it("loses a directory that was not synced with all that was synced in it", async () => {
    const disk = losing();
    disk.makeDirectory("/d/e/f");
    await put(disk, "/d/e/f/a", "bytes", true);
    await syncFolder(disk, "/d/e/f");
    disk.crash();
    expect(disk.names("/d")).toEqual([]);
  });

  it("keeps blocks, length and time one by one", async () => {
    const found = new Set<string>();
    for (let seed = 0; seed < 300; seed++) {
      const disk = new SimulatedDisk({ clock: new ManualClock(), random: seeded(seed) });
      disk.write("/a", "o".repeat(4096 + 1));
      disk.syncAll();
      const before = await disk.process().lstat("/a", WHOLE);
      disk.write("/a", "n".repeat(3 * 4096));
      disk.crash();
      const bytes = disk.textOf("/a");
      const blocks = [0, 1, 2].map((i) => bytes[i * 4096] ?? "-").join("");
      const { mtimeNs } = await disk.process().lstat("/a", WHOLE);
      found.add(`${blocks.replaceAll("\0", "0")} ${mtimeNs === before.mtimeNs ? "old" : "new"}`);
    }
    // Old and new blocks under either time, a new length that holds zeros, and all or nothing.
    for (const one of [
      "oo- old",
      "oo- new",
      "no- new",
      "on- old",
      "nn0 new",
      "nnn new",
      "nnn old",
    ]) {
      expect(found).toContain(one);
    }
  });

  it("keeps a beginning of what was done to a directory, and renames whole", async () => {
    for (let seed = 0; seed < 200; seed++) {
      const disk = newDisk(0.3, ...Array.from({ length: 50 }, (_, i) => (seed >> (i % 8)) & 1));
      disk.makeDirectory("/e");
      disk.syncAll();
      for (const name of ["1", "2", "3"]) disk.write(`/d/${name}`, name);
      disk.rename("/d/2", "/e/2");
      disk.crash();
      const [d, e] = [disk.names("/d"), disk.names("/e")];
      expect(["", "1", "1,2", "1,2,3", "1,3"]).toContain(d.join());
      expect(e.includes("2")).toBe(d.join() === "1,3");
    }
  });

  it("syncs with a directory what another must have for a rename between them", async () => {
    const disk = losing();
    disk.makeDirectory("/e");
    disk.syncAll();
    disk.write("/d/a", "bytes");
    disk.rename("/d/a", "/e/a");
    await syncFolder(disk, "/e");
    disk.crash();
    expect([disk.names("/d"), disk.names("/e")]).toEqual([[], ["a"]]);
  });

  it("never answers the processes of before", async () => {
    const disk = losing();
    const process = disk.process();
    const file = await process.open("/d/a", "w");
    disk.crash();
    expect(await waitsForEver(file.writeFile("bytes"))).toBe(true);
    expect(await waitsForEver(process.lstat("/d", WHOLE))).toBe(true);
    expect(await waitsForEver(disk.process().lstat("/d", WHOLE))).toBe(false);
  });

  it("has every transaction of a database that syncs each, and no half one", () => {
    const disk = newDisk(0.99);
    const db = disk.process().database("/d/x.db");
    db.pragma("synchronous = FULL");
    db.exec(LINES);
    const insert = db.prepare("INSERT INTO a VALUES (?)");
    for (const value of [1, 2, 3]) insert.run(value);
    db.exec("BEGIN");
    insert.run(4);
    disk.crash();
    expect(() => insert.run(5)).toThrow();
    expect(valuesOf(disk)).toEqual([1, 2, 3]);
  });

  it("has a beginning of the transactions of a database that does not", () => {
    const found = new Set<string>();
    for (let draw = 0; draw < 1; draw += 0.1) {
      const disk = newDisk(draw);
      const db = disk.process().database("/d/x.db");
      db.pragma("synchronous = NORMAL");
      db.exec(LINES);
      db.prepare("INSERT INTO a VALUES (?)").run(1);
      db.pragma("wal_checkpoint(TRUNCATE)");
      for (const value of [2, 3])
        db.transaction(() => db.exec(`INSERT INTO a VALUES (${value})`))();
      disk.crash();
      found.add(valuesOf(disk).join());
    }
    expect([...found].toSorted()).toEqual(["1", "1,2", "1,2,3"]);
  });
});

function valuesOf(disk: SimulatedDisk): unknown[] {
  const db = disk.process().database("/d/x.db");
  const values = db.prepare("SELECT b FROM a").pluck().all();
  db.close();
  return values;
}

describe("SimulatedDisk", () => {
  it("keeps all that was written when a process is killed, and frees its locks", async () => {
    const disk = losing();
    const process = disk.process();
    const file = await process.open("/d/a", "w");
    await file.writeFile("bytes");
    const db = process.database("/d/x.db");
    db.exec(LINES);
    db.prepare("INSERT INTO a VALUES (?)").run(1);
    expect(() => disk.process().database("/d/x.db")).toThrow("locked");
    process.kill();
    expect(disk.textOf("/d/a")).toBe("bytes");
    expect(await waitsForEver(file.close())).toBe(true);
    expect(valuesOf(disk)).toEqual([1]);
  });

  it("lets a killed process end its turn: it reads on, and changes nothing", () => {
    const disk = losing();
    const other = disk.process();
    const dead = other.database("/d/y.db");
    dead.exec(LINES);
    dead.prepare("INSERT INTO a VALUES (?)").run(1);
    other.kill();
    const heir = disk.process().database("/d/y.db");
    heir.prepare("INSERT INTO a VALUES (?)").run(2);
    expect(dead.prepare("SELECT b FROM a").pluck().all()).toEqual([1]);
    expect(() => dead.prepare("INSERT INTO a VALUES (?)").run(3)).toThrow("gone");
    dead.close();
    expect(() => disk.process().database("/d/y.db")).toThrow("locked");
    expect(heir.prepare("SELECT b FROM a").pluck().all()).toEqual([1, 2]);
  });

  it("runs out of space after so many bytes, and has it again when something is freed", async () => {
    const disk = losing();
    disk.write("/d/old", Buffer.alloc(8192));
    disk.leave(8192);
    const process = disk.process();
    await using file = await process.open("/d/a", "w");
    expect(await file.write(Buffer.alloc(10_000), 0, 10_000, 0)).toEqual({ bytesWritten: 8192 });
    await expect(file.write(Buffer.alloc(1), 0, 1, 8192)).rejects.toMatchObject({ code: "ENOSPC" });
    expect((await process.statfs("/d")).bavail).toBe(0);
    await expect(process.mkdir("/d/e")).rejects.toMatchObject({ code: "ENOSPC" });
    const db = process.database("/d/x.db");
    expect(() => db.exec(LINES)).toThrow(expect.objectContaining({ code: "SQLITE_FULL" }));
    disk.remove("/d/old");
    expect(await file.write(Buffer.alloc(1), 0, 1, 8192)).toEqual({ bytesWritten: 1 });
    db.exec(LINES);
  });

  it("fails, waits, is changed or loses power at the call a test chooses", async () => {
    const disk = losing();
    const calls: DiskCall[] = [];
    disk.before = (call) => {
      calls.push(call);
      if (call.call === "fsync") throw diskError("EIO", call);
      if (call.call === "lstat") disk.write("/d/a", "the user's");
      if (call.call === "rename") disk.crash();
    };
    const process = disk.process("peer");
    const file = await process.open("/d/a", "w");
    await expect(file.sync()).rejects.toMatchObject({ code: "EIO" });
    expect((await process.lstat("/d/a", WHOLE)).size).toBe(10n);
    expect(await waitsForEver(process.rename("/d/a", "/d/b"))).toBe(true);
    expect(calls.map(({ index, call }) => `${index} ${call}`)).toEqual([
      "1 open",
      "2 fsync",
      "3 lstat",
      "4 rename",
    ]);
    expect(calls[0]).toMatchObject({ path: "/d/a", process: "peer" });
  });

  it("brings a replaced file back with its bytes when the power goes before that is synced", async () => {
    const disk = losing();
    const process = disk.process();
    disk.write("/d/a", "old");
    disk.write("/d/b", "new");
    disk.write("/d/c", "removed");
    disk.syncAll();
    await process.rename("/d/b", "/d/a");
    await process.unlink("/d/c");
    disk.crash();
    expect(["a", "b", "c"].map((name) => disk.textOf(`/d/${name}`))).toEqual([
      "old",
      "new",
      "removed",
    ]);
  });

  it("loses power in the middle of a transaction, which is undone", () => {
    const disk = newDisk(0.99);
    const db = disk.process().database("/d/x.db");
    db.pragma("synchronous = FULL");
    db.exec(LINES);
    disk.before = ({ call }) => {
      if (call === "commit") disk.crash();
    };
    expect(() => db.transaction(() => db.exec("INSERT INTO a VALUES (1)"))()).toThrow();
    disk.before = () => undefined;
    expect(valuesOf(disk)).toEqual([]);
  });

  it("flips a byte without a trace", async () => {
    const disk = losing();
    disk.write("/d/a", "bytes");
    const before = await disk.process().lstat("/d/a", WHOLE);
    disk.rot("/d/a", 1);
    const { mtimeNs, ctimeNs, size } = await disk.process().lstat("/d/a", WHOLE);
    expect({ mtimeNs, ctimeNs, size }).toEqual({
      mtimeNs: before.mtimeNs,
      ctimeNs: before.ctimeNs,
      size: before.size,
    });
    expect(disk.textOf("/d/a")).toBe("bxtes");
  });

  it("shows the empty folder below when a disk goes, and the disk again when it is back", async () => {
    const disk = losing();
    disk.makeDirectory("/mnt/usb");
    disk.mount("/mnt/usb", 7n);
    disk.write("/mnt/usb/a", "bytes");
    const process = disk.process();
    const { dev } = await process.lstat("/mnt/usb", WHOLE);
    expect(dev).toBe(7n);
    await expect(process.rename("/mnt/usb/a", "/d/a")).rejects.toMatchObject({ code: "EXDEV" });
    await expect(process.link("/mnt/usb/a", "/d/a")).rejects.toMatchObject({ code: "EXDEV" });
    const usb = disk.unmount("/mnt/usb");
    expect(disk.names("/mnt/usb")).toEqual([]);
    expect((await process.lstat("/mnt/usb", WHOLE)).dev).not.toBe(dev);
    disk.remount("/mnt/usb", usb);
    expect(disk.textOf("/mnt/usb/a")).toBe("bytes");
    expect(await process.realpath("/mnt/usb/a")).toBe("/mnt/usb/a");
  });

  it("tells a watcher of every change below its folder, whoever makes it", async () => {
    const disk = losing();
    const process = disk.process();
    const seen: string[] = [];
    const errors: Error[] = [];
    await using _watch = await process.watch("/d", {
      onPaths: (paths) => seen.push(...paths),
      onError: (error) => errors.push(error),
    });
    disk.write("/d/a", "bytes");
    disk.write("/elsewhere", "bytes");
    await disk.process("other").rename("/d/a", "/d/b");
    await Promise.resolve();
    expect([...new Set(seen)]).toEqual(["/d/a", "/d/b"]);
    process.loseEvents();
    expect(errors).toHaveLength(1);
    await expect(process.watch("/none", { onPaths: () => {}, onError: () => {} })).rejects.toThrow(
      "ENOENT",
    );
  });

  it("gives the top directory's number to nothing else, however often that is opened", async () => {
    const disk = losing();
    disk.mount("/d", 7n);
    for (const top of ["/", "/d"]) await syncFolder(disk, top);
    for (const name of ["/e", "/d/e"]) disk.makeDirectory(name);
    const stats = ["/", "/d", "/e", "/d/e"].map((path) => disk.process().stat(path, WHOLE));
    const numbers = (await Promise.all(stats)).map(({ ino }) => ino);
    expect(new Set(numbers).size).toBe(4);
  });

  it("gives every change a time of its own, and a deleted file's number to a new one", async () => {
    const disk = losing();
    const process = disk.process();
    disk.write("/d/a", "one");
    const one = await process.lstat("/d/a", WHOLE);
    disk.write("/d/a", "two");
    const two = await process.lstat("/d/a", WHOLE);
    expect(two.mtimeNs).toBeGreaterThan(one.mtimeNs);
    disk.remove("/d/a");
    disk.write("/d/b", "three");
    const three = await process.lstat("/d/b", WHOLE);
    expect(three.ino).toBe(one.ino);
    expect(three.birthtimeNs).toBeGreaterThan(one.birthtimeNs);
  });

  it("is the same for the same seed and the same calls", async () => {
    const once = async (seed: number): Promise<string[]> => {
      const disk = new SimulatedDisk({ clock: new ManualClock(), random: seeded(seed) });
      for (let i = 0; i < 30; i++) disk.write(`/${i}`, `${i}`.repeat(3000));
      disk.crash();
      return disk.names("/").map((name) => `${name} ${disk.bytesOf(`/${name}`).length}`);
    };
    expect(await once(1)).toEqual(await once(1));
    const all = await Promise.all([1, 2, 3, 4, 5, 6].map(once));
    expect(new Set(all.map((names) => names.join())).size).toBeGreaterThan(2);
  });
});
