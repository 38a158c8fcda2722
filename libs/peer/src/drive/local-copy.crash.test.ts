import { ManualClock } from "@goliath/kit";
import { SimulatedDisk } from "@goliath/kit/simulated-disk";
import { rootOf, type FileEntry, type Revision } from "@goliath/protocols/nouns";
import { expect, it } from "vitest";
import { LocalCopy } from "./local-copy.ts";

const FILE: FileEntry = {
  kind: "file",
  revision: 1 as Revision,
  size: 5,
  mtimeMs: 1000,
  executable: false,
  extents: [],
  root: rootOf(new Uint8Array()),
};

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("bytes");
}

it("LocalCopy has a whole file under its name once it says so, whatever a power cut takes", async () => {
  const disk = new SimulatedDisk({ clock: new ManualClock(), random: () => 0 });
  disk.makeDirectory("/home/user");
  disk.syncAll();
  const copy = new LocalCopy(disk.process());
  const root = await copy.makeRoot("/home/user/tree/part");
  await copy.makeFolder(`${root}/sub`);
  const written = copy.write(bytes(), { to: `${root}/sub/file`, file: FILE, real: true });
  for await (const _count of written);
  disk.crash();
  expect(disk.textOf("/home/user/tree/part/sub/file")).toBe("bytes");
});
