/** The machine's service manager: systemd, or none that is known here. */
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { GoliathError } from "@goliath/protocols/nouns";

export interface ServiceManager {
  /** Whether systemd runs this machine. */
  isThere(): Promise<boolean>;
  /** Runs `systemctl` with these words; what it printed. Throws `unavailable` with what it said. */
  control(words: readonly string[]): Promise<string>;
}

/** What `sd_booted` looks at. */
const BOOTED = "/run/systemd/system";
/** Longer than a unit may take to stop. */
const CONTROL_TIMEOUT_MS = 90_000;

export const systemd: ServiceManager = {
  isThere: () =>
    access(BOOTED).then(
      () => true,
      () => false,
    ),
  control: (words) =>
    new Promise((resolve, reject) => {
      const options = { timeout: CONTROL_TIMEOUT_MS };
      execFile("systemctl", words, options, (cause, stdout, stderr) => {
        if (!cause) return resolve(stdout);
        const said = stderr.trim() || cause.message;
        const message = `\`systemctl ${words.join(" ")}\` failed: ${said}`;
        reject(new GoliathError("unavailable", message, { cause, about: { service: "systemd" } }));
      });
    }),
};
