/** The README's own drive, as a newcomer types it: its very lines, in an empty HOME. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { GOLIATH } from "../world/goliath-command.ts";
import { until } from "../world/settled.ts";

const README = fileURLToPath(new URL("../../README.md", import.meta.url));
/** What the README calls the link of an invite. */
const ANY_LINK = "goliath:…";

let first: string;
let second: string;
const machines = new AsyncDisposableStack();

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), "goliath-first-"));
  machines.defer(() => rm(folder, { recursive: true, force: true }));
  [first, second] = [join(folder, "first"), join(folder, "second")];
  await mkdir(join(first, "genomes", "hg38"), { recursive: true });
  await mkdir(second);
  await writeFile(join(first, "genomes", "README"), "all of them\n");
  await writeFile(join(first, "genomes", "hg38", "chr1.fa"), "ACGT");
});
afterEach(() => machines.disposeAsync());

/** The lines of the README's blocks of shell that begin with `goliath`, below a heading. */
async function linesBelow(heading: string): Promise<string[]> {
  const text = await readFile(README, "utf8");
  const [, section = ""] = text.split(`${heading}\n`);
  const [own = ""] = section.split("\n## ");
  return own.split("\n").filter((line) => line.startsWith("goliath "));
}

/** A line in a shell whose `goliath` is this one. */
function shell(line: string, home: string) {
  const script = `goliath() { exec "${process.execPath}" "${GOLIATH}" "$@"; }\n${line}`;
  const { GOLIATH_HOME: _, ...env } = process.env;
  return spawn("bash", ["-c", script], {
    env: { ...env, HOME: home, GOLIATH_LOG: "error" },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function run(line: string, home: string): Promise<string> {
  const child = shell(line, home);
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  const [code] = await once(child, "close");
  expect(code, line).toBe(0);
  return Buffer.concat(parts).toString();
}

/** Leaves a daemon running; resolves once it says how it is stopped, its last word. */
async function leaveRunning(line: string, home: string): Promise<void> {
  // Other drives on this network are no business of a test's.
  const child = shell(line.replace(" start", " start --no-mdns"), home);
  machines.defer(async () => {
    if (child.exitCode !== null) return;
    child.kill();
    await once(child, "exit");
  });
  for await (const said of createInterface({ input: child.stdout })) {
    if (said.startsWith("Ctrl-C")) return;
  }
  throw new Error(`it ended: ${line}`);
}

it("the README's own drive works as it is written", async () => {
  const [index, invite, peer, share, ls, peerThere, mirror, cat, ...more] =
    await linesBelow("## Your own drive");
  expect([cat, more]).toEqual([expect.stringContaining("goliath cat"), []]);
  await leaveRunning(index ?? "", first);
  const link = (await run(invite ?? "", first)).trim();
  await leaveRunning((peer ?? "").replace(ANY_LINK, link), first);
  await run(share ?? "", first);
  expect(await run(ls ?? "", first)).toMatch(/README\n.*hg38\/\n$/u);

  // As the README says, with what "a fresh invite" lets in unless told otherwise.
  const fresh = (await run("goliath invite", first)).trim();
  await leaveRunning((peerThere ?? "").replace(ANY_LINK, fresh), second);
  await run(mirror ?? "", second);
  expect(await readFile(join(second, "hg38", "chr1.fa"), "utf8")).toBe("ACGT");
  expect(await run(cat ?? "", second)).toBe("all of them\n");
  await writeFile(join(first, "genomes", "hg38", "chr2.fa"), "TGCA");
  await until(
    () => readFile(join(second, "hg38", "chr2.fa"), "utf8").catch(() => ""),
    (text) => text === "TGCA",
    { what: "the new file on the second machine" },
  );
}, 120_000);
