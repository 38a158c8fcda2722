/** Tells the demo's story: steps, what came of them, and the table at the end. */
import type { Comparison } from "./compare-folders.ts";

/** A mirror that was compared with what it mirrors. */
export interface TableRow extends Comparison {
  what: string;
  /** How long it was behind. */
  seconds: number;
}

export class Narrator {
  readonly #out: NodeJS.WritableStream;
  readonly #startMs = performance.now();

  constructor(out: NodeJS.WritableStream) {
    this.#out = out;
  }

  title(text: string): void {
    this.#line(`\n${text}\n${"=".repeat(text.length)}`);
  }

  step(text: string): void {
    this.#line(`\n• ${text}`);
  }

  did(text: string): void {
    const seconds = ((performance.now() - this.#startMs) / 1000).toFixed(1).padStart(5);
    this.#line(`  ${seconds} s  ${text}`);
  }

  size(bytes: number): string {
    if (bytes < 1024) return `${bytes} B`;
    const units = ["KiB", "MiB", "GiB"];
    let value = bytes / 1024;
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return `${value.toFixed(1)} ${units[unit] ?? ""}`;
  }

  table(rows: readonly TableRow[]): void {
    const width = Math.max(...rows.map(({ what }) => what.length));
    this.#line(
      `\n${"compared".padEnd(width)}  ${"files".padStart(7)}  ${"size".padStart(10)}  ${"sha256".padStart(9)}  ${"in step after".padStart(13)}`,
    );
    for (const { what, files, bytes, same, seconds } of rows) {
      const verdict = same ? "all equal" : "DIFFERENT";
      this.#line(
        `${what.padEnd(width)}  ${String(files).padStart(7)}  ${this.size(bytes).padStart(10)}  ${verdict.padStart(9)}  ${`${seconds.toFixed(1)} s`.padStart(13)}`,
      );
    }
  }

  next(): void {
    this.#line(`
What next:
  npm run -s goliath -- index start      a drive of your own: it says how others join
  npm run -s goliath -- --help           every command
  npm run demo -- /some/folder           this story with a copy of a folder of yours
  README.md, "Your own drive"            the first steps, one by one
`);
  }

  #line(text: string): void {
    this.#out.write(`${text}\n`);
  }
}
