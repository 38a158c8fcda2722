/** Goliath: A shares the folder, B has mirrored its path before. */
import { until } from "../world/settled.ts";
import { openWorld } from "../world/world.ts";
import type { Contestant, Pair } from "./contestant.ts";

/** How often B is asked whether it has all: small beside what is measured. */
const POLL_MS = 10;

interface Status {
  mirrors: { local: string; state: string; revision: number }[];
}

export const goliath: Contestant = {
  name: "goliath",
  follows: true,
  missing: async () => undefined,
  open: openPair,
};

async function openPair(_folder: string, target: string): Promise<Pair> {
  const world = await openWorld("bench");
  const [alice, bob] = [await world.join("alice"), await world.join("bob")];
  await alice.call("mkdir", { path: "/data" });
  await bob.call("mirror", { path: "/data", local: target });
  return {
    roots: () => [world.index, alice, bob].map(({ pid }) => pid ?? 0),
    transfer: async (source) => {
      const { revision } = await alice.call<{ revision: number }>("share", {
        local: source,
        path: "/data",
      });
      await until(
        () => bob.call<Status>("status"),
        ({ mirrors: [mirror] }) => mirror?.state === "complete" && mirror.revision >= revision,
        { what: "the mirror", pollMs: POLL_MS },
      );
      return 0;
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}
