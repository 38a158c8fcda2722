/** Calls of the peer's API: typed by method, cancellable, with progress. */
import { answerLines } from "./answer-lines.ts";
import { ApiError } from "./api-error.ts";
import type { Api, Method } from "./methods.ts";
import type { TokenStore } from "./token.ts";

export interface CallOptions<Progress = unknown> {
  signal?: AbortSignal | undefined;
  onProgress?: (progress: Progress) => void;
  /** For methods that take bytes. */
  body?: Blob;
}

export interface ClientInit {
  fetch: typeof fetch;
  tokens: TokenStore;
}

type ProgressOf<Name extends Method> = Api[Name] extends { progress: infer P } ? P : never;

export class Client {
  readonly #init: ClientInit;

  constructor(init: ClientInit) {
    this.#init = init;
  }

  async call<Name extends Method>(
    method: Name,
    params: Api[Name]["params"],
    options: CallOptions<ProgressOf<Name>> = {},
  ): Promise<Api[Name]["result"]> {
    try {
      return (await this.#call(method, params, options)) as Api[Name]["result"];
    } catch (thrown) {
      throw options.signal?.aborted ? new ApiError("aborted", "Cancelled.") : ApiError.from(thrown);
    }
  }

  async #call(
    method: string,
    params: object,
    { signal, onProgress, body }: CallOptions<never>,
  ): Promise<unknown> {
    const { fetch, tokens } = this.#init;
    const text = JSON.stringify(params);
    const query = body ? `?params=${encodeURIComponent(text)}` : "";
    const response = await fetch(`/api/v1/${method}${query}`, {
      method: "POST",
      headers: { authorization: `Bearer ${tokens.get() ?? ""}` },
      body: body ?? text,
      signal: signal ?? null,
      cache: "no-store",
    });
    if (response.status === 401) throw new ApiError("signed-out", "Signed out.");
    if (!response.body) throw new ApiError("closed", "Goliath answered nothing.");
    for await (const line of answerLines(response.body)) {
      if ("error" in line) throw ApiError.fromAnswer(line.error);
      if ("result" in line) return line.result;
      onProgress?.(line.progress as never);
    }
    throw new ApiError("closed", "Goliath stopped before it answered.");
  }

  /** Whether the daemon has a password, and its version; asked without a token. */
  async session(signal?: AbortSignal): Promise<{ password: boolean; version: string }> {
    const response = await this.#init.fetch("/api/session", { signal: signal ?? null });
    if (!response.ok) throw new ApiError("unavailable", "Goliath cannot be asked now.");
    return (await response.json()) as { password: boolean; version: string };
  }

  /** Trades the password for a token, and keeps that. */
  async signIn(password: string): Promise<void> {
    const response = await this.#init.fetch("/api/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ password }),
    });
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (typeof answer["token"] === "string") return this.#init.tokens.keep(answer["token"]);
    if (response.status === 429) throw new ApiError("busy", "Too many tries.");
    throw answer["error"] === undefined
      ? new ApiError("forbidden", "That password is wrong.")
      : ApiError.fromAnswer(answer["error"]);
  }
}
