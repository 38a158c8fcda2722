/** Names for peer ids; an unknown one is shortened. */
import { useMemo } from "react";
import { useCall } from "./use-call.ts";
import { useWatchedPart } from "../shell/session.ts";

/** The beginning of a peer id is the same for all: its end tells them apart. */
const TAIL_LETTERS = 6;

export function usePeerNames(): (peer: string) => string {
  const online = useWatchedPart(({ peersOnline }) => peersOnline);
  const answer = useCall("peers", {}, { version: online });
  return useMemo(() => {
    const peers = answer.state === "done" ? answer.result : [];
    const names = new Map(peers.map(({ peer, name }) => [String(peer), name]));
    return (peer) => names.get(peer) || `…${peer.slice(-TAIL_LETTERS)}`;
  }, [answer]);
}
