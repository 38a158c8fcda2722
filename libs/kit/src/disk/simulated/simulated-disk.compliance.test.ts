import { ManualClock } from "../../manual-clock.ts";
import { describeDisk } from "../disk-compliance.ts";
import { SimulatedDisk } from "./simulated-disk.ts";

describeDisk("SimulatedDisk", async () => {
  const simulated = new SimulatedDisk({
    clock: new ManualClock({ nowMs: 1_700_000_000_000 }),
    random: () => 0,
  });
  simulated.makeDirectory("/home/folder");
  return {
    disk: simulated.process(),
    folder: "/home/folder",
    symlink: async (target, path) => simulated.makeLink(path, target),
    [Symbol.asyncDispose]: async () => undefined,
  };
});
