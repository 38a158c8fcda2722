/** What a person should know of a share, a bounded list. */

/** Problems told one by one; of more only the number is told. */
const PROBLEMS_MAX = 50;

export class Problems {
  /** By what they are about: a problem that is found again is told once. */
  readonly #texts = new Map<string, string>();
  #more = 0;

  add(about: string, text: string): void {
    if (this.#texts.size < PROBLEMS_MAX || this.#texts.has(about)) this.#texts.set(about, text);
    else this.#more++;
  }

  clear(about?: string): void {
    if (about !== undefined) this.#texts.delete(about);
    else {
      this.#texts.clear();
      this.#more = 0;
    }
  }

  list(): string[] {
    const texts = [...this.#texts.values()];
    return this.#more > 0 ? [...texts, `and ${this.#more} more`] : texts;
  }
}
