/** A member that runs no peer of ours: it has an identity and a pass, and does as it pleases. */
import type { Identity, Network } from "@goliath/net";
import { INDEX_BOUNDS, INDEX_PROTOCOL } from "@goliath/protocols/index";
import type { PeerId, Role } from "@goliath/protocols/nouns";
import { greet, parseLink, type Hello, type Welcome } from "@goliath/protocols/pass";
import { FrameStream, type FrameBounds } from "@goliath/protocols/wire";
import { identityOf } from "./index-machine.ts";
import type { World } from "./world.ts";

/** Milliseconds between two tries to join. */
const JOIN_RETRY_MS = 3_000;

export interface Door {
  protocol: string;
  bounds: FrameBounds;
}

export class Member {
  readonly name: string;
  readonly identity: Identity;
  readonly network: Network;
  readonly #world: World;
  /** What it came with. */
  #invite: Uint8Array | undefined;
  #welcome: Welcome = {};

  constructor(world: World, name: string) {
    this.#world = world;
    this.name = name;
    this.identity = identityOf(name);
    this.network = world.site.network.join(this.identity);
  }

  get peerId(): PeerId {
    return this.identity.peerId;
  }

  /** Its pass, and the certificate of the index that gave it. */
  get welcome(): Welcome {
    return this.#welcome;
  }

  /** What it can show: the newest pass, and the invite it once used. */
  hello({ withInvite = false }: { withInvite?: boolean } = {}): Hello {
    const { pass, certificate } = this.#welcome;
    return {
      drive: this.#world.index.drive,
      name: this.name,
      ...(pass ? { pass } : {}),
      ...(certificate ? { certificate } : {}),
      ...(withInvite && this.#invite ? { invite: this.#invite } : {}),
    };
  }

  /** Becomes a member, however long that takes. Returns whether it is one. */
  async join(role: Role, signal: AbortSignal): Promise<boolean> {
    const { index, site } = this.#world;
    while (!signal.aborted) {
      const link = await index.invite(role);
      if (link !== undefined) {
        this.#invite = parseLink(link).invite;
        if (await this.enter({ withInvite: true })) return true;
      }
      await site.clock.sleep(JOIN_RETRY_MS, signal).catch(() => undefined);
    }
    return false;
  }

  /** Goes through the index's door, which gives a new pass. Returns the stream, or undefined. */
  async enter(options: { withInvite?: boolean } = {}): Promise<FrameStream | undefined> {
    const { peerId } = this.#world.index.identity;
    const door = { protocol: INDEX_PROTOCOL, bounds: INDEX_BOUNDS };
    const opened = await this.open(peerId, { ...door, hello: this.hello(options) });
    if (opened?.welcome) this.#welcome = { ...this.#welcome, ...opened.welcome };
    return opened?.frames;
  }

  /** Opens a stream to somebody, or is refused. */
  async open(
    peer: PeerId,
    { protocol, bounds, hello = this.hello() }: Door & { hello?: Hello },
  ): Promise<{ frames: FrameStream; welcome: Welcome } | undefined> {
    const stream = await this.network.open(peer, protocol).catch(() => undefined);
    if (!stream) return undefined;
    const frames = new FrameStream(stream, bounds);
    const welcome = await greet(frames, hello).catch(() => undefined);
    if (welcome) return { frames, welcome };
    frames.abort(new Error("refused"));
    return undefined;
  }
}
