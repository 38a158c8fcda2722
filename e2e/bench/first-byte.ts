/** W4: a range of a big file that B does not have, from B's daemon's receipt to the first byte. */
import { randomInt } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { controlSocketPath, streamControl } from "@goliath/kit";
import { openWorld } from "../world/world.ts";
import { quantile } from "./figures.ts";
import { makeBigFile } from "./sources.ts";
import { ours, type Workload } from "./workload.ts";

const RANGE_BYTES = 64 * 1024;

export function firstByte({ bytes, ranges }: { bytes: number; ranges: number }): Workload {
  const title = `first byte of a range of a file of ${bytes / 1024 ** 3} GiB that B does not have`;
  return ours("W4", {
    title,
    run: async (folder) => {
      const source = join(folder, "data");
      await mkdir(source);
      await makeBigFile(source, bytes);
      await using world = await openWorld("bench");
      const [alice, bob] = [await world.join("alice"), await world.join("bob")];
      await alice.call("share", { local: source, path: "/data" });
      const socket = controlSocketPath(bob.home, "peer");
      const times: number[] = [];
      for (let at = 0; at <= ranges; at++) {
        const offset = randomInt(bytes - RANGE_BYTES);
        const params = { path: "/data/file", offset, length: RANGE_BYTES };
        const startMs = performance.now();
        for await (const _ of await streamControl(socket, "cat", params)) {
          times.push(performance.now() - startMs);
          break;
        }
      }
      // The first asks for everything that is kept afterwards: it is told apart.
      const [firstMs = Number.NaN, ...later] = times;
      return { firstMs, medianMs: quantile(later, 0.5), p95Ms: quantile(later, 0.95) };
    },
  });
}
