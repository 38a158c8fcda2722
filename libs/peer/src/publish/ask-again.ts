/** Questions to the index that may be asked twice: again when the connection was made anew. */
import { hasCode } from "@goliath/protocols/nouns";
import type { IndexLink } from "../parts.ts";

/** How often the same is asked, and what says that the connection failed. */
const QUESTIONS_MAX = 5;
const AWAY = ["unavailable", "closed", "timeout", "busy"] as const;

/** Throws `unavailable` once the index stays away. */
export async function askAgain<Answer>(
  question: () => Promise<Answer>,
  { link, signal }: { link: IndexLink; signal?: AbortSignal | undefined },
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await question();
    } catch (error) {
      signal?.throwIfAborted();
      if (!hasCode(error, ...AWAY) || attempt >= QUESTIONS_MAX) throw error;
      await link.reachable(signal);
    }
  }
}
