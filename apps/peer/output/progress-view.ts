/** Long work made visible: a bar on a terminal, a line now and then elsewhere, JSON for programs. */
import { plainJson, type Clock } from "@goliath/kit";
import progress, { type SingleBar } from "cli-progress";
import { ProgressMeter } from "./progress-meter.ts";
import { printable } from "./printable.ts";
import { formatBytes, formatCount, formatDuration, formatMany } from "./show.ts";

/** How far the work is. What the daemon does not know is absent. */
export interface Progress {
  bytes: number;
  totalBytes?: number | undefined;
  files?: number | undefined;
  totalFiles?: number | undefined;
  state?: string | undefined;
}

export interface ProgressView extends Disposable {
  update(progress: Progress): void;
}

/** One line of plain progress per this time: enough to see it live, little enough to log. */
const PLAIN_EVERY_MS = 3_000;

export interface ProgressInit {
  /** What is being done: `get /data`. */
  title: string;
  clock: Clock;
  /** Where people look while results go to stdout. */
  stream: NodeJS.WritableStream;
  style: "bar" | "lines" | "json";
}

export function openProgressView(init: ProgressInit): ProgressView {
  if (init.style === "bar") return new BarView(init);
  return new LinesView(init);
}

/** Reads what a daemon says; total, because it may be of another version. */
export function readProgress(value: unknown): Progress {
  const fields: Record<string, unknown> = { ...(typeof value === "object" ? value : {}) };
  const number = (name: string) => {
    const found = fields[name];
    return typeof found === "number" && Number.isFinite(found) && found >= 0 ? found : undefined;
  };
  const state = readState(fields);
  const [bytes, files] = [number("bytes") ?? 0, number("files")];
  const missing = number("missingBytes");
  if (missing !== undefined) {
    // A mirror speaks of all that it is to hold, and of what is still to come.
    const left = number("missingFiles") ?? 0;
    const done = { bytes: bytes - missing, files: files && files - left };
    return { ...done, totalBytes: bytes, totalFiles: files, state };
  }
  const totalBytes = number("totalBytes") ?? number("total");
  return { bytes, totalBytes, files, totalFiles: number("totalFiles"), state };
}

/** `syncing`, and why it gets no further where that is known: it would seem to hang. */
function readState({ state, problems }: Record<string, unknown>): string | undefined {
  if (typeof state !== "string") return undefined;
  const problem: unknown = Array.isArray(problems) ? problems[0] : undefined;
  return printable(typeof problem === "string" ? `${state}: ${problem}` : state);
}

/** `1.2 GiB of 3.0 GiB, 12 of 40 files`. */
export function describeProgress({ bytes, totalBytes, files, totalFiles }: Progress): string {
  const size =
    totalBytes === undefined
      ? formatBytes(bytes)
      : `${formatBytes(bytes)} of ${formatBytes(totalBytes)}`;
  if (files === undefined) return size;
  const all =
    totalFiles === undefined
      ? formatMany(files, "file")
      : `${formatCount(files)} of ${formatMany(totalFiles, "file")}`;
  return `${size}, ${all}`;
}

class LinesView implements ProgressView {
  readonly #init: ProgressInit;
  readonly #meter: ProgressMeter;
  #nextMs: number;

  constructor(init: ProgressInit) {
    this.#init = init;
    this.#meter = new ProgressMeter(init.clock);
    this.#nextMs = init.clock.monotonicMs() + PLAIN_EVERY_MS;
  }

  update(now: Progress): void {
    const { rate, leftMs } = this.#meter.read(now.bytes, now.totalBytes);
    if (this.#init.clock.monotonicMs() < this.#nextMs) return;
    this.#nextMs = this.#init.clock.monotonicMs() + PLAIN_EVERY_MS;
    this.#init.stream.write(`${this.#line(now, { rate, leftMs })}\n`);
  }

  [Symbol.dispose](): void {}

  #line(now: Progress, { rate, leftMs }: { rate: number; leftMs: number | undefined }): string {
    if (this.#init.style === "json")
      return plainJson({ progress: { ...now, bytesPerSecond: rate, leftMs } });
    const left = leftMs === undefined ? "" : `, ${formatDuration(leftMs)} left`;
    const state = now.state === undefined ? "" : ` (${now.state})`;
    return `${printable(this.#init.title)}${state}: ${describeProgress(now)}, ${formatBytes(rate)}/s${left}`;
  }
}

class BarView implements ProgressView {
  readonly #init: ProgressInit;
  readonly #meter: ProgressMeter;
  #bar: SingleBar | undefined;

  constructor(init: ProgressInit) {
    this.#init = init;
    this.#meter = new ProgressMeter(init.clock);
  }

  update(now: Progress): void {
    const { rate, leftMs } = this.#meter.read(now.bytes, now.totalBytes);
    const payload = {
      title: printable(now.state ?? this.#init.title),
      done: describeProgress(now),
      rate: `${formatBytes(rate)}/s`,
      left: leftMs === undefined ? "" : `${formatDuration(leftMs)} left`,
    };
    // An unknown total shows an empty bar; a bar of nothing at all would divide by zero.
    const total = Math.max(now.totalBytes ?? 0, now.bytes, 1);
    const shown = now.totalBytes === undefined ? 0 : now.bytes;
    if (this.#bar) this.#bar.setTotal(total);
    else this.#bar = this.#start(total, payload);
    this.#bar.update(shown, payload);
  }

  [Symbol.dispose](): void {
    this.#bar?.stop();
  }

  #start(total: number, payload: Record<string, string>): SingleBar {
    const options = {
      stream: this.#init.stream,
      format: "{title} {bar} {percentage}%  {done}  {rate}  {left}",
      barsize: 24,
      fps: 5,
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
    };
    const bar = new progress.SingleBar(options, progress.Presets.shades_classic);
    bar.start(total, 0, payload);
    return bar;
  }
}
