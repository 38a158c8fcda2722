/** Which of the design's seven promises was broken, and how. */

export class PromiseBroken extends Error {
  /** The number the design gives it; 0 for what is no promise of the design but expected of it. */
  readonly promise: number;

  constructor(promise: number, text: string) {
    super(`promise ${promise}: ${text}`);
    this.promise = promise;
  }
}

/** The first promise broken. Checkers sit where an error may be swallowed, so it is kept here. */
export class Verdict {
  #first: PromiseBroken | undefined;

  get broken(): PromiseBroken | undefined {
    return this.#first;
  }

  fail(promise: number, text: string): never {
    const broken = new PromiseBroken(promise, text);
    this.#first ??= broken;
    throw broken;
  }
}
