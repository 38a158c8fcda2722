/** Peers and an index on machines of their own, parted and joined again while they work. */
import { expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { workWhile, type Disturbed } from "../world/load-run.ts";
import { noNamespaces, openNamespaces, type Namespaces } from "../world/namespaces.ts";
import { openChoices } from "../world/seeded-choices.ts";
import { until } from "../world/settled.ts";
import { openWorld } from "../world/world.ts";

const MACHINES = ["index", "alice", "bob", "carol"];
/** Silence is noticed within 20 s; the rest is a busy machine's. */
const NOTICED_MS = 40_000;

interface Status {
  index: { connected: boolean };
}

const reason = await noNamespaces();
if (reason) process.stdout.write(`skipped: ${reason}\n`);

function connection(peer: Daemon, wanted: boolean): Promise<Status> {
  return until(
    () => peer.call<Status>("status"),
    ({ index }) => index.connected === wanted,
    { timeoutMs: NOTICED_MS, what: `the index being ${wanted ? "reached" : "away"}` },
  );
}

/**
 * Cuts the writer off from the index, and the mirror from what the index and the sharer say while
 * they hear all that it says.
 */
async function partAndJoin({ carol, bob, checkCopy }: Disturbed, net: Namespaces): Promise<void> {
  await net.part("index", "carol");
  await net.drop({ from: "alice", to: "bob" });
  await net.drop({ from: "index", to: "bob" });
  await Promise.all([connection(carol, false), connection(bob, false)]);
  const refused = await carol.goliath("mkdir", "/written/while-away");
  expect(refused).toMatchObject({ code: 6 });
  expect(refused.stderr).toMatch(/index (cannot be reached|went away)/u);
  expect((await carol.goliath("status")).stdout).toMatch(/index .*\(away/u);
  await checkCopy();
  await net.heal();
  await Promise.all([connection(carol, true), connection(bob, true)]);
}

it.skipIf(reason !== undefined)(
  `work goes on after partitions, and nothing happens twice${reason ? `: ${reason}` : ""}`,
  async () => {
    await using net = await openNamespaces(MACHINES);
    await using world = await openWorld("parted", (name) => ({
      args: ["--listen", `/ip4/${net.address(name)}/tcp/4600`, "--no-mdns"],
      through: net.through(name),
    }));
    const disturb = (parties: Disturbed): Promise<void> => partAndJoin(parties, net);
    const result = await workWhile({ world, random: openChoices(), disturb });
    process.stdout.write(`partitions: ${JSON.stringify(result)}\n`);
    expect(result.writes).toBeGreaterThan(0);
  },
);
