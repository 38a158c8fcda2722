import { describe, expect, it } from "vitest";
import { ApiError } from "../api/api-error.ts";
import { UploadQueue, type UploadWork } from "./upload-queue.ts";

interface Sending {
  path: string;
  onSent(bytes: number): void;
  end(): void;
  fail(thrown: unknown): void;
}

/** A drive in memory; each upload ends when the test says so. */
class TestDrive implements UploadWork {
  readonly stands = new Map<string, "file" | "dir">();
  readonly sending: Sending[] = [];

  async standsAt(path: string) {
    return this.stands.get(path);
  }

  send(path: string, _file: File, { signal, onSent }: Parameters<UploadWork["send"]>[2]) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => reject(new ApiError("aborted", "Cancelled.")));
    const end = (): void => {
      this.stands.set(path, "file");
      resolve();
    };
    this.sending.push({ path, onSent, end, fail: reject });
    return promise;
  }
}

const picked = (...names: string[]) =>
  names.map((name) => ({ file: new File(["12345"], name), names: [name] }));

async function settle(): Promise<void> {
  for (let round = 0; round < 50; round++) await Promise.resolve();
}

function open() {
  const drive = new TestDrive();
  const queue = new UploadQueue(drive);
  const states = (): string[] => queue.store.get().map(({ state }) => state);
  const idOf = (index: number): number => queue.store.get()[index]?.id ?? -1;
  return { drive, queue, states, idOf };
}

describe("UploadQueue", () => {
  it("sends two at once, in order, and tells how far they are", async () => {
    const { drive, queue, states } = open();
    queue.add("/in", picked("a", "b", "c"));
    await settle();
    expect(states()).toEqual(["sending", "sending", "waiting"]);
    drive.sending[0]?.onSent(3);
    expect(queue.store.get()[0]?.sentBytes).toBe(3);
    drive.sending[0]?.end();
    await settle();
    expect(drive.sending.map(({ path }) => path)).toEqual(["/in/a", "/in/b", "/in/c"]);
    expect(states()).toEqual(["done", "sending", "sending"]);
  });

  it("replaces nothing unasked, and asks while others go on", async () => {
    const { drive, queue, states, idOf } = open();
    drive.stands.set("/a", "file").set("/a (2)", "file");
    queue.add("/", picked("a", "b"));
    await settle();
    expect(states()).toEqual(["asking", "sending"]);
    queue.resolve(idOf(0), "keep-both");
    await settle();
    expect(drive.sending.map(({ path }) => path)).toEqual(["/b", "/a (3)"]);
  });

  it("takes one answer for all, for this batch alone", async () => {
    const { drive, queue, states, idOf } = open();
    for (const path of ["/a", "/b", "/c"]) drive.stands.set(path, "file");
    queue.add("/", picked("a", "b", "c"));
    await settle();
    expect(states()).toEqual(["asking", "asking", "asking"]);
    queue.resolve(idOf(0), "skip", { all: true });
    expect(states()).toEqual(["skipped", "skipped", "skipped"]);
    queue.add("/", picked("a"));
    await settle();
    expect(states().at(-1)).toBe("asking");
  });

  it("never replaces a folder by a file", async () => {
    const { drive, queue, states, idOf } = open();
    drive.stands.set("/a", "dir");
    queue.add("/", picked("a"));
    await settle();
    queue.resolve(idOf(0), "replace");
    await settle();
    expect(states()).toEqual(["failed"]);
    expect(drive.sending).toEqual([]);
  });

  it("cancels what is sent and what waits, and tries again", async () => {
    const { drive, queue, states, idOf } = open();
    queue.add("/", picked("a", "b", "c"));
    await settle();
    queue.cancelAll();
    await settle();
    expect(states()).toEqual(["cancelled", "cancelled", "cancelled"]);
    queue.retry(idOf(0));
    await settle();
    drive.sending.at(-1)?.end();
    await settle();
    expect(states()).toEqual(["done", "cancelled", "cancelled"]);
    expect([...drive.stands.keys()]).toEqual(["/a"]);
  });

  it("tells why one failed, and goes on with the others", async () => {
    const { drive, queue, states } = open();
    queue.add("/", picked("a", "b"));
    await settle();
    drive.sending[0]?.fail(new ApiError("full", "no room"));
    drive.sending[1]?.end();
    await settle();
    expect(states()).toEqual(["failed", "done"]);
    expect(queue.store.get()[0]?.problem).toContain("no room left");
  });

  it("refuses names that the drive cannot hold before anything is sent", async () => {
    const { drive, queue, states } = open();
    queue.add("/", [{ file: new File([""], "x"), names: ["..", "x"] }]);
    await settle();
    expect(states()).toEqual(["failed"]);
    expect(drive.sending).toEqual([]);
  });
});
