/** A JSON object with one long list in it, written piece by piece on one line. */
import { plainJson } from "@goliath/kit";
import type { Output } from "./output.ts";

export interface JsonListInit {
  out: Output;
  /** The name of the list: `entries`. */
  name: string;
}

export class JsonList {
  readonly #init: JsonListInit;
  #begun = false;
  #items = 0;

  constructor(init: JsonListInit) {
    this.#init = init;
  }

  async add(items: readonly unknown[]): Promise<void> {
    await this.#begin();
    const texts = items.map((item) => `${this.#items++ > 0 ? "," : ""}${plainJson(item)}`);
    await this.#init.out.write(texts.join(""));
  }

  /** Closes the list and the object, with these fields after it. */
  async end(fields: Record<string, unknown>): Promise<void> {
    await this.#begin();
    const rest = plainJson(fields).slice(1);
    await this.#init.out.write(`]${rest === "}" ? "" : ","}${rest}\n`);
  }

  async #begin(): Promise<void> {
    if (!this.#begun) await this.#init.out.write(`{${plainJson(this.#init.name)}:[`);
    this.#begun = true;
  }
}
