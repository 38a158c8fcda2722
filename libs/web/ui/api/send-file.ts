/** Sends a file's bytes: by XMLHttpRequest, the one way in a browser to hear how much was sent. */
import { ApiError } from "./api-error.ts";
import type { TokenStore } from "./token.ts";

export interface SendFileOptions {
  signal: AbortSignal;
  onSent: (bytes: number) => void;
  tokens: TokenStore;
}

/** Resolves when it is committed. */
export function sendFile(
  params: { path: string; mtimeMs?: number },
  file: File,
  { signal, onSent, tokens }: SendFileOptions,
): Promise<void> {
  const query = encodeURIComponent(JSON.stringify({ ...params, stdin: true }));
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ApiError("aborted", "Cancelled."));
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    signal.addEventListener("abort", abort, { once: true });
    request.open("POST", `/api/v1/put?params=${query}`);
    request.setRequestHeader("authorization", `Bearer ${tokens.get() ?? ""}`);
    request.upload.addEventListener("progress", ({ loaded }) =>
      onSent(Math.min(loaded, file.size)),
    );
    request.addEventListener("loadend", () => signal.removeEventListener("abort", abort));
    request.addEventListener("abort", () => reject(new ApiError("aborted", "Cancelled.")));
    request.addEventListener("error", () =>
      reject(new ApiError("daemon-gone", "Goliath does not answer.")),
    );
    request.addEventListener("load", () => {
      const problem = problemOf(request);
      if (problem) reject(problem);
      else resolve();
    });
    request.send(file);
  });
}

function problemOf({ status, responseText }: XMLHttpRequest): ApiError | undefined {
  if (status === 401) return new ApiError("signed-out", "Signed out.");
  const last = responseText.trimEnd().split("\n").at(-1) ?? "";
  try {
    const line = JSON.parse(last) as { result?: unknown; error?: unknown };
    if (line.error !== undefined) return ApiError.fromAnswer(line.error);
    if (line.result !== undefined) return undefined;
  } catch {
    // Cut short: as an answer that never came.
  }
  return new ApiError("closed", "Goliath stopped before it answered.");
}
