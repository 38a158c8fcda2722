/** rsync: a daemon on A, a run of the client on B. It neither encrypts nor verifies. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { until } from "../world/settled.ts";
import { freePort } from "../world/tcp-proxy.ts";
import type { Contestant, Pair } from "./contestant.ts";
import { missingProgram } from "./debian-package.ts";
import { runTimed } from "./process-tree.ts";

export const rsync: Contestant = {
  name: "rsync",
  follows: false,
  missing: () => missingProgram("rsync", "rsync"),
  open: openPair,
};

async function openPair(folder: string, target: string): Promise<Pair> {
  const port = await freePort();
  const config = join(folder, "rsyncd.conf");
  // The module is the whole disk: what is published is only known when the transfer begins.
  await writeFile(
    config,
    "use chroot = no\nuid = root\ngid = root\n[all]\npath = /\nread only = yes\n",
  );
  const args = ["--daemon", "--no-detach", `--config=${config}`, `--port=${port}`];
  const daemon = spawn("rsync", [...args, "--address=127.0.0.1"], { stdio: "ignore" });
  await until(() => answers(port), Boolean, { what: "rsync's daemon", pollMs: 20 });
  const roots = [daemon.pid ?? 0];
  return {
    roots: () => roots,
    transfer: (source) =>
      runTimed(["rsync", "-a", `rsync://127.0.0.1:${port}/all${source}/`, `${target}/`], (pid) =>
        roots.push(pid),
      ),
    [Symbol.asyncDispose]: async () => {
      const ended = once(daemon, "exit");
      daemon.kill();
      await ended;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => resolve(false));
    socket.on("data", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
