/** Who is let in: whoever shows the token. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const BEARER = /^Bearer (?<token>\S+)$/iu;

export class Access {
  readonly #token: Uint8Array;

  constructor({ token }: { token: string }) {
    this.#token = digest(token);
  }

  /** No cookie, no address and no query lets anybody in: nothing that a browser sends by itself. */
  allows({ headers }: IncomingMessage): boolean {
    const { token } = BEARER.exec(headers.authorization ?? "")?.groups ?? {};
    return token !== undefined && timingSafeEqual(digest(token), this.#token);
  }
}

/** Of equal length whatever was sent, so that how long the comparing takes tells nothing. */
function digest(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
