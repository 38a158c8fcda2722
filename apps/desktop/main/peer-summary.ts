/** A peer's status in the few words that a tray and a notification have room for. */
import type { PeerStatus } from "@goliath/peer/control";

/** Slower than this nothing is worth a word: heartbeats and the index's answers. */
const BUSY_BYTES_A_SECOND = 16 * 1024;

export interface PeerSummary {
  kind: "away" | "trouble" | "busy" | "idle";
  words: string;
}

export interface Notice {
  title: string;
  body: string;
}

/** `undefined` is a peer that does not answer. */
export function summaryOf(status: PeerStatus | undefined): PeerSummary {
  if (!status) return { kind: "away", words: "Starting" };
  const problems = problemsOf(status);
  if (problems.length > 0) {
    return { kind: "trouble", words: counted(problems.length, "folder needs", "folders need") };
  }
  if (!status.index.connected) return { kind: "away", words: "The index cannot be reached" };
  const { upRate, downRate } = status.transfers;
  if (Math.max(upRate, downRate) < BUSY_BYTES_A_SECOND)
    return { kind: "idle", words: "Up to date" };
  const rates = [
    ...(downRate >= BUSY_BYTES_A_SECOND ? [`receiving ${rate(downRate)}`] : []),
    ...(upRate >= BUSY_BYTES_A_SECOND ? [`sending ${rate(upRate)}`] : []),
  ].join(", ");
  return { kind: "busy", words: `${rates[0]?.toUpperCase()}${rates.slice(1)}` };
}

/** What its user should hear of, though no window is open. */
export function noticesBetween(before: PeerStatus | undefined, after: PeerStatus): Notice[] {
  if (!before) return [];
  const known = new Set(problemsOf(before).map(({ local, text }) => `${local}\n${text}`));
  const problems = problemsOf(after)
    .filter(({ local, text }) => !known.has(`${local}\n${text}`))
    .map(({ local, text }) => ({ title: `${local} needs you`, body: text }));
  const unfinished = new Set(
    before.mirrors.filter((mirror) => mirror.missingFiles > 0).map(({ local }) => local),
  );
  const complete = after.mirrors
    .filter((mirror) => unfinished.has(mirror.local) && mirror.missingFiles === 0)
    .map(({ local, path }) => ({ title: "Mirror complete", body: `${path} is whole in ${local}` }));
  return [...problems, ...complete];
}

function problemsOf({ shares, mirrors }: PeerStatus): { local: string; text: string }[] {
  return [...shares, ...mirrors].flatMap(({ local, problems }) =>
    problems.slice(0, 1).map((text) => ({ local, text })),
  );
}

function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more} you`;
}

function rate(bytes: number): string {
  const units = ["kB/s", "MB/s", "GB/s"];
  let value = bytes / 1000;
  let unit = 0;
  for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1000;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
