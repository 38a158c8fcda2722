/** Who is let in: whoever shows the token, or one that the password was given for. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { SignIn } from "./sign-in.ts";

const BEARER = /^Bearer (?<token>\S+)$/iu;

export class Access {
  readonly #token: Uint8Array;
  readonly #signIn: SignIn | undefined;

  constructor({ token, signIn }: { token: string; signIn?: SignIn | undefined }) {
    this.#token = digest(token);
    this.#signIn = signIn;
  }

  /** No cookie, no address and no query lets anybody in: nothing that a browser sends by itself. */
  allows({ headers }: IncomingMessage): boolean {
    const { token } = BEARER.exec(headers.authorization ?? "")?.groups ?? {};
    if (token === undefined) return false;
    return timingSafeEqual(digest(token), this.#token) || (this.#signIn?.knows(token) ?? false);
  }
}

/** Of equal length whatever was sent, so that how long the comparing takes tells nothing. */
function digest(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
