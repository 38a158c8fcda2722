/**
 * Somebody on the network who is no member. Promise 6: whatever it shows at whichever door, it gets
 * a refusal and nothing else.
 */
import { identityFromSeed, type Network } from "@goliath/net";
import { signInvite, signPass, type Hello } from "@goliath/protocols/pass";
import { idsOf, type World } from "../world.ts";
import { DOORS, knock } from "./doors.ts";

const DAY_MS = 86_400_000;
const IDENTITY = identityFromSeed(Buffer.alloc(32, "a stranger"));

export class Stranger {
  readonly #world: World;
  readonly #network: Network;

  constructor(world: World) {
    this.#world = world;
    this.#network = world.site.network.join(IDENTITY);
  }

  async run(signal: AbortSignal): Promise<void> {
    const random = this.#world.random.fork("stranger");
    while (!signal.aborted) {
      const { clock } = this.#world.site;
      await clock.sleep(random.next() * this.#world.profile.knockMs, signal).catch(() => undefined);
      const hello = random.pick(this.#hellos());
      const door = random.pick(DOORS);
      const peer = random.pick(idsOf(this.#world));
      const got = await knock(this.#network, peer, { ...door, hello });
      if (got !== undefined) this.#world.site.verdict.fail(6, `a stranger got ${got}`);
    }
  }

  /** Nothing, what it signed itself, and what it stole. */
  #hellos(): Hello[] {
    const { clock } = this.#world.site;
    const { drive } = this.#world.index;
    const base = { drive, name: "stranger" };
    const issuedAt = clock.nowMs();
    const { peerId: peer, key } = IDENTITY;
    const pass = { drive, peer, role: "admin" as const, issuedAt, expiresAt: issuedAt + DAY_MS };
    const invite = {
      drive,
      id: "00".repeat(16),
      role: "admin" as const,
      expiresAt: pass.expiresAt,
      uses: 1,
    };
    const stolen = this.#world.peers.flatMap(({ peer }) => peer?.credentials.pass ?? []);
    return [
      base,
      { ...base, pass: signPass(pass, key) },
      { ...base, invite: signInvite(invite, key) },
      ...stolen.map((theirs) => ({ ...base, pass: theirs })),
    ];
  }
}
