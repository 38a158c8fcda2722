/** aria2: a torrent of the folder is made, A seeds it, B fetches it, a tracker joins them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { freePort } from "../world/tcp-proxy.ts";
import type { Contestant, Pair } from "./contestant.ts";
import { missingProgram } from "./debian-package.ts";
import { runTimed } from "./process-tree.ts";
import { makeTorrent, openTracker } from "./torrent.ts";

const PIECE_BYTES = 1024 * 1024;
const QUIET = ["--enable-dht=false", "--bt-enable-lpd=false", "--enable-peer-exchange=false"];
const PLAIN = ["--file-allocation=none", "--allow-overwrite=true", "--no-conf=true"];

export const aria2: Contestant = {
  name: "aria2",
  follows: false,
  missing: () => missingProgram("aria2c", "aria2"),
  open: openPair,
};

async function openPair(folder: string, target: string): Promise<Pair> {
  const { url, server, announced } = await openTracker();
  const torrent = join(folder, "data.torrent");
  const roots: number[] = [];
  const ending = new AbortController();
  return {
    roots: () => roots,
    transfer: async (source) => {
      // The torrent is made in this process: its CPU time is counted apart.
      const before = process.cpuUsage();
      await writeFile(
        torrent,
        await makeTorrent(source, { announce: url, pieceBytes: PIECE_BYTES }),
      );
      const { user, system } = process.cpuUsage(before);
      const [seederPort, port] = [await freePort(), await freePort()];
      const common = [...QUIET, ...PLAIN, torrent];
      const seeding = ["--seed-ratio=0.0", "--bt-seed-unverified=true", `--dir=${dirname(source)}`];
      const seeder = spawn("aria2c", [`--listen-port=${seederPort}`, ...seeding, ...common], {
        stdio: "ignore",
      });
      ending.signal.addEventListener("abort", () => seeder.kill());
      await once(seeder, "spawn");
      roots.push(seeder.pid ?? 0);
      await announced;
      // B gets a folder of the source's name within the target.
      const fetching = ["--seed-time=0", `--dir=${target}`];
      const command = ["aria2c", `--listen-port=${port}`, ...fetching, ...common];
      const fetchedS = await runTimed(command, (pid) => roots.push(pid));
      return fetchedS + (user + system) / 1e6;
    },
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      server.close();
    },
  };
}
