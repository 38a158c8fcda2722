/** Where results, notes and progress go. Results to stdout; all that is for people only to stderr. */
import { plainJson, type Clock } from "@goliath/kit";
import { openProgressView, readProgress } from "./progress-view.ts";
import { showFor, type Show } from "./show.ts";
import { Table, type Column } from "./table.ts";

/** The part of a stream used here: a terminal, a pipe, or a test's. */
export interface OutputStream extends NodeJS.WritableStream {
  isTTY?: boolean;
}

export interface OutputInit {
  stdout: OutputStream;
  stderr: OutputStream;
  clock: Clock;
  json: boolean;
}

export class Output {
  readonly json: boolean;
  /** Whether a person reads stdout. */
  readonly human: boolean;
  readonly show: Show;
  readonly #init: OutputInit;

  constructor(init: OutputInit) {
    this.#init = init;
    this.json = init.json;
    this.human = !init.json && init.stdout.isTTY === true;
    this.show = showFor({ human: this.human });
  }

  /** Bytes or text for stdout; resolves once taken. Throws `EPIPE` when nobody reads any more. */
  async write(bytes: Uint8Array | string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#init.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  async lines(lines: readonly string[]): Promise<void> {
    if (lines.length > 0) await this.write(`${lines.join("\n")}\n`);
  }

  /** The result: as one line of JSON, or as the lines made from it. */
  async result<Value>(value: Value, lines: (value: Value) => readonly string[]): Promise<void> {
    await this.lines(this.json ? [plainJson(value)] : lines(value));
  }

  table(columns: readonly Column[]): Table {
    return new Table({ columns, human: this.human });
  }

  /** A sentence besides the result; kept from programs. */
  note(text: string): void {
    if (!this.json) this.#init.stderr.write(`${text}\n`);
  }

  /** Shows how far some work is while it goes on; the work hands over what the daemon says. */
  async watch<Result>(
    title: string,
    work: (onProgress: (value: unknown) => void) => Promise<Result>,
  ): Promise<Result> {
    const { stderr, clock } = this.#init;
    const style = this.json ? "json" : stderr.isTTY === true ? "bar" : "lines";
    using view = openProgressView({ title, clock, stream: stderr, style });
    return await work((value) => view.update(readProgress(value)));
  }

  /** All bytes to stdout, at the pace of whoever reads it. */
  async pour(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of chunks) {
      await this.write(chunk);
    }
  }
}
