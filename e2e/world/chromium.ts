/** A real Chromium for tests: found on this machine, or got by the test itself. */
import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { chromium, type Browser } from "playwright-core";

const run = promisify(execFile);
/** A package of some hundred megabytes over a slow line. */
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** What a machine that has one calls it; `GOLIATH_CHROMIUM` names another. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Throws an error that says how to get one, where it could be neither found nor got. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = (await find()) ?? (await install());
  // Chromium's own sandbox refuses to run as root.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

async function find(): Promise<string | undefined> {
  const named = process.env["GOLIATH_CHROMIUM"];
  for (const path of [...(named ? [named] : []), chromium.executablePath(), ...PLACES]) {
    if (await isProgram(path)) return path;
  }
  return undefined;
}

/** Debian's package where we may install it, else Playwright's own download. */
async function install(): Promise<string> {
  const options = { timeout: INSTALL_TIMEOUT_MS };
  const failures: string[] = [];
  const steps: [string, string[]][] = [
    [process.execPath, [playwrightProgram(), "install", "chromium-headless-shell"]],
  ];
  if (process.getuid?.() === 0) {
    steps.unshift(["sh", ["-c", "apt-get update && apt-get install -y chromium"]]);
  }
  for (const [program, args] of steps) {
    await run(program, args, options).catch((error: Error) => failures.push(error.message));
    const path = await find();
    if (path !== undefined) return path;
  }
  throw new Error(
    "these tests need Chromium: install it (Debian: apt-get install chromium), " +
      `or name one with GOLIATH_CHROMIUM\n${failures.join("\n")}`,
  );
}

function playwrightProgram(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve("playwright-core/package.json")), "cli.js");
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
