/** The parameters of a control call, checked where they come in. */
import { GoliathError } from "@goliath/protocols/nouns";

/** Every reader throws `bad-request` naming the parameter. */
export class ControlParams {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: Record<string, unknown>) {
    this.#values = new Map(Object.entries(values));
  }

  string(name: string): string {
    return this.#need(name, this.optionalString(name));
  }

  optionalString(name: string): string | undefined {
    const value = this.#values.get(name) ?? undefined;
    if (value !== undefined && typeof value !== "string") throw wrong(name, "text");
    return value;
  }

  integer(name: string): number {
    return this.#need(name, this.optionalInteger(name));
  }

  /** A whole number from 0 to 2^53-1. */
  optionalInteger(name: string): number | undefined {
    const value = this.#values.get(name) ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
      throw wrong(name, "a whole number from 0 to 2^53-1");
    }
    return value;
  }

  /** Absent is false. */
  flag(name: string): boolean {
    const value = this.#values.get(name) ?? false;
    if (typeof value !== "boolean") throw wrong(name, "true or false");
    return value;
  }

  /** At most `max` texts. */
  texts(name: string, { max }: { max: number }): string[] {
    const value = this.#need(name, this.#values.get(name) ?? undefined);
    const isTexts = Array.isArray(value) && value.every((one) => typeof one === "string");
    if (isTexts && value.length <= max) return value;
    throw wrong(name, `a list of at most ${max} texts`);
  }

  #need<Value>(name: string, value: Value | undefined): Value {
    if (value === undefined) throw new GoliathError("bad-request", `${name} is missing`);
    return value;
  }
}

function wrong(name: string, wanted: string): GoliathError {
  return new GoliathError("bad-request", `${name} is not ${wanted}`);
}
