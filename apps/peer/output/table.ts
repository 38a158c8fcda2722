/** Rows of text: aligned under titles for people, tab-separated without titles for programs. */
import { printable } from "./printable.ts";

export interface Column {
  title: string;
  /** Numbers stand on the right. */
  right?: boolean;
}

/** Blanks between columns. */
const GAP = "  ";

export interface TableInit {
  columns: readonly Column[];
  human: boolean;
}

/**
 * Lines of a table whose rows come in pages: widths are those of the page, and never shrink, so
 * that a directory of a million names is listed without being held.
 */
export class Table {
  readonly #columns: readonly Column[];
  readonly #human: boolean;
  readonly #widths: number[];
  #titled = false;

  constructor({ columns, human }: TableInit) {
    this.#columns = columns;
    this.#human = human;
    this.#widths = columns.map(({ title }) => title.length);
  }

  lines(rows: readonly (readonly string[])[]): string[] {
    const safe = rows.map((row) => row.map(printable));
    if (!this.#human) return safe.map((row) => row.join("\t"));
    for (const row of safe) this.#widen(row);
    const titles =
      this.#titled || safe.length === 0 ? [] : [this.#columns.map(({ title }) => title)];
    this.#titled ||= safe.length > 0;
    return [...titles, ...safe].map((row) => this.#align(row));
  }

  #widen(row: readonly string[]): void {
    for (const [index, cell] of row.entries()) {
      this.#widths[index] = Math.max(this.#widths[index] ?? 0, widthOf(cell));
    }
  }

  #align(row: readonly string[]): string {
    const cells = row.map((cell, index) => {
      const blanks = " ".repeat(Math.max(0, (this.#widths[index] ?? 0) - widthOf(cell)));
      return this.#columns[index]?.right ? blanks + cell : cell + blanks;
    });
    return cells.join(GAP).trimEnd();
  }
}

/** Letters as the eye counts them: marks that join onto one take no place of their own. */
function widthOf(text: string): number {
  return Array.from(text.replace(/\p{Mark}/gu, "")).length;
}
