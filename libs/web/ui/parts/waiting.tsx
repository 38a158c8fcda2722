/** What stands in place of an answer that is not there: it is loading, the index is away, it failed. */
import { Button } from "@mantine/core";
import { sentenceOf } from "../api/api-error.ts";
import { State } from "./state.tsx";
import type { Answer } from "./use-answer.ts";

/** What a peer answers while its index is away. */
const AWAY = ["unavailable", "timeout", "closed"];

export interface WaitingProps {
  answer: Answer<unknown>;
  /** What still works, or where to look meanwhile. */
  away: string;
}

export function Waiting({ answer: { error, again }, away }: WaitingProps) {
  if (!error) return <State kind="loading" title="Loading…" />;
  if (AWAY.includes(error.code))
    return <State kind="offline" title="The drive’s index is away" text={away} />;
  return (
    <State kind="error" title="This cannot be shown now" text={sentenceOf(error)}>
      <Button variant="default" onClick={again}>
        Try again
      </Button>
    </State>
  );
}
