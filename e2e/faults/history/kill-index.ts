/** Clients at an index that is killed at random moments, again and again. */
import { parsePath } from "@goliath/protocols/nouns";
import { between, seeded, type Random } from "../../world/seeded.ts";
import { SteadyMember } from "../../world/steady-member.ts";
import type { World } from "../../world/world.ts";
import type { Operation } from "./operation.ts";
import { FOLDER, RecordingClient } from "./recording-client.ts";

const WRITERS = 4;
const READERS = 2;
/** Operations answered between two kills. */
const OPERATIONS_MIN = 5;
const OPERATIONS_MAX = 150;
/** Milliseconds until as many are answered, on a machine ten times too busy. */
const ANSWERED_MS_MAX = 120_000;

export interface KillRun {
  kills: number;
  seed: number;
}

export interface Killed {
  history: Operation[];
  /** First and last of each run of ids that somebody got. */
  leased: [number, number][];
}

export async function killIndex(world: World, { kills, seed }: KillRun): Promise<Killed> {
  const random = seeded(seed);
  const history: Operation[] = [];
  /** When each of the killed processes was gone. */
  const deaths: number[] = [];
  let heard: () => void = () => undefined;
  const record = (operation: Operation): void => {
    history.push(operation);
    heard();
  };
  await using members = new AsyncDisposableStack();
  let last = 0;
  const stop = new AbortController();
  const clients: RecordingClient[] = [];
  for (let i = 0; i < WRITERS + READERS; i++) {
    const member = members.use(await SteadyMember.open(world, `client-${i}`));
    const own = seeded(between(random, 0, 2 ** 30));
    const unique = (): number => ++last;
    clients.push(new RecordingClient({ member, random: own, signal: stop.signal, record, unique }));
  }
  await makeFolder(members.use(await SteadyMember.open(world, "maker")), record);
  const running = clients.map((client, i) => client.run({ writes: i < WRITERS }));
  const failed = Promise.all(running).then(() => undefined);
  const answered = async (count: number): Promise<void> => {
    const enough = history.length + count;
    const late = AbortSignal.timeout(ANSWERED_MS_MAX);
    late.addEventListener("abort", () => heard());
    while (history.length < enough) {
      if (late.aborted) throw new Error(`the index answers nobody for ${ANSWERED_MS_MAX} ms`);
      await new Promise<void>((resolve) => void (heard = resolve));
    }
  };
  try {
    for (let kill = 0; kill < kills; kill++) {
      await Promise.race([answered(between(random, OPERATIONS_MIN, OPERATIONS_MAX)), failed]);
      await aMoment(random);
      await world.index.kill();
      deaths.push(performance.now());
      await world.index.start();
    }
    await Promise.race([answered(OPERATIONS_MAX), failed]);
  } finally {
    stop.abort();
  }
  await failed;
  const looking = new AbortController();
  const init = { random, signal: looking.signal, record, unique: () => ++last };
  const member = members.use(await SteadyMember.open(world, "last"));
  await new RecordingClient({ ...init, member }).look();
  for (const one of history) one.endedMs = endOf(one, deaths);
  return { history, leased: clients.flatMap(({ leased }) => leased) };
}

/** A cut call may go on in the index until the process that it was sent to is gone. */
function endOf(
  { result, startedMs, sentMs = startedMs, endedMs }: Operation,
  deaths: readonly number[],
): number {
  if (result.kind !== "unknown") return endedMs;
  return deaths.find((death) => death > sentMs) ?? Infinity;
}

/** Up to some turns of the event loop, so that a kill meets calls at every stage. */
async function aMoment(random: Random): Promise<void> {
  for (let turns = between(random, 0, 40); turns > 0; turns--) {
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
}

/** The first revision: a commit that puts nothing the histories speak of. */
async function makeFolder(
  maker: SteadyMember,
  record: (operation: Operation) => void,
): Promise<void> {
  const client = await maker.connected(AbortSignal.timeout(60_000));
  const startedMs = performance.now();
  const changes = [{ op: "mkdir" as const, path: parsePath(FOLDER) }];
  const rest = { number: 1, digest: new Uint8Array(), leases: [], locations: [] };
  const { revision } = await client.commit({ ...rest, changes });
  record({
    client: maker.name,
    call: { kind: "commit", puts: [] },
    result: { kind: "committed", revision },
    startedMs,
    endedMs: performance.now(),
  });
}
