/** A member without a daemon that comes back to the index for as long as it lives. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openIdentity, openLibp2pNetwork, type Network } from "@goliath/net";
import { INDEX_BOUNDS, INDEX_PROTOCOL, IndexClient } from "@goliath/protocols/index";
import { hasCode } from "@goliath/protocols/nouns";
import { greet, parseLink, type DriveLink } from "@goliath/protocols/pass";
import { FrameStream } from "@goliath/protocols/wire";
import type { World } from "./world.ts";

/** Between two attempts to reach an index that is away, in milliseconds. */
const RETRY_MS = 30;

export class SteadyMember implements AsyncDisposable {
  readonly name: string;
  readonly #network: Network;
  readonly #link: DriveLink;
  #client: IndexClient | undefined;

  /** Joins with an invite of its own. */
  static async open(world: World, name: string): Promise<SteadyMember> {
    const identity = await openIdentity(join(world.folder, `${name}.key`));
    const network = await openLibp2pNetwork({ identity, listen: [], mdns: false, dht: false });
    const link = parseLink(await world.invite());
    await network.learn(link.index, link.addresses);
    const member = new SteadyMember(name, { network, link });
    await member.connected(AbortSignal.timeout(60_000));
    return member;
  }

  private constructor(name: string, { network, link }: { network: Network; link: DriveLink }) {
    this.name = name;
    this.#network = network;
    this.#link = link;
  }

  /**
   * The stream there is, or a new one as soon as the index answers. Throws when it answers that this
   * is no member: what it acknowledged once it has forgotten.
   */
  async connected(signal: AbortSignal): Promise<IndexClient> {
    while (!this.#client) {
      signal.throwIfAborted();
      this.#client = await this.#dial().catch(ignoreAway);
      if (!this.#client) await sleep(RETRY_MS);
    }
    return this.#client;
  }

  async #dial(): Promise<IndexClient> {
    const { drive, index, invite } = this.#link;
    const frames = new FrameStream(await this.#network.open(index, INDEX_PROTOCOL), INDEX_BOUNDS);
    await greet(frames, { drive, name: this.name, ...(invite ? { invite } : {}) });
    const client = new IndexClient(frames);
    void client.closed.then(() => {
      if (this.#client === client) this.#client = undefined;
    });
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client?.abort(new Error("the member leaves"));
    await this.#network[Symbol.asyncDispose]();
  }
}

function ignoreAway(error: unknown): undefined {
  if (hasCode(error, "no-pass", "bad-invite", "forbidden")) throw error;
}
