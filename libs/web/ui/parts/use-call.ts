/** The answer of a method, asked again when its parameters or the drive change. */
import { useEffect, useState } from "react";
import { sentenceOf } from "../api/api-error.ts";
import type { Api, Method } from "../api/methods.ts";
import { useSession } from "../shell/session.ts";

export type Answer<Result> =
  | { state: "asking" }
  | { state: "done"; result: Result }
  | { state: "failed"; error: string };

export interface UseCallOptions {
  /** Another value asks anew; meanwhile the last answer stays. */
  version?: number | string | undefined;
  skip?: boolean;
}

export function useCall<Name extends Method>(
  method: Name,
  params: Api[Name]["params"],
  { version, skip = false }: UseCallOptions = {},
): Answer<Api[Name]["result"]> {
  const { client } = useSession();
  const key = JSON.stringify(params);
  const [found, setFound] = useState<{ key: string; answer: Answer<Api[Name]["result"]> }>();
  useEffect(() => {
    if (skip) return undefined;
    const stop = new AbortController();
    client.call(method, JSON.parse(key) as Api[Name]["params"], { signal: stop.signal }).then(
      (result) => setFound({ key, answer: { state: "done", result } }),
      (thrown: unknown) => {
        if (stop.signal.aborted) return;
        setFound({ key, answer: { state: "failed", error: sentenceOf(thrown) } });
      },
    );
    return () => stop.abort();
  }, [client, method, key, version, skip]);
  return found?.key === key ? found.answer : { state: "asking" };
}
