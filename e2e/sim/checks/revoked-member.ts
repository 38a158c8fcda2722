/**
 * A member that is put out and goes on trying: at every door, with the pass it has and the invite it
 * came with, and on the streams it had open. Promise 6: whoever knows that it is out gives it
 * nothing any more, and neither does anybody once its pass has expired.
 */
import { CHUNKS_PROTOCOL, ChunksClient } from "@goliath/protocols/chunks";
import { INDEX_PROTOCOL, IndexClient } from "@goliath/protocols/index";
import type { ChunkId, PeerId } from "@goliath/protocols/nouns";
import { verifyPass } from "@goliath/protocols/pass";
import { Member } from "../member.ts";
import type { Random } from "../random.ts";
import { idsOf, type World } from "../world.ts";
import { DOORS, knock } from "./doors.ts";

/** Streams it keeps open. */
const KEPT_MAX = 6;
/** Milliseconds it waits for an answer on one of them. */
const ANSWER_MS = 3_000;
/** Milliseconds until everybody has heard that it is out, when all is well. */
const HEARD_MS = 30_000;
/** How often it is put out, of the times it is tried. */
const REVOKED = 0.05;
const SOME = { first: 1 as ChunkId, count: 1000 };

interface Kept {
  peer: PeerId;
  protocol: string;
  /** Asks something that every member may know. */
  ask: () => Promise<unknown>;
}

export class RevokedMember {
  readonly #world: World;
  readonly #member: Member;
  readonly #random: Random;
  readonly #kept: Kept[] = [];
  #isOut = false;

  constructor(world: World, name: string) {
    this.#world = world;
    this.#member = new Member(world, name);
    this.#random = world.random.fork(name);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#world.site;
    if (!(await this.#member.join("reader", signal))) return;
    while (!signal.aborted) {
      const pauseMs = this.#random.next() * this.#world.profile.knockMs;
      await clock.sleep(pauseMs, signal).catch(() => undefined);
      if (!this.#isOut && this.#random.chance(REVOKED)) await this.#putOut();
      else if (this.#kept.length > 0 && this.#random.chance(0.4)) await this.#askAgain();
      else await this.#try(this.#random.pick(idsOf(this.#world)));
    }
  }

  /** When all is well: it is out, and everybody has heard. */
  async finish(): Promise<void> {
    const { site } = this.#world;
    if (this.#member.welcome.pass === undefined) return;
    while (!this.#isOut) await this.#putOut();
    await site.clock.sleep(HEARD_MS);
    for (const peer of idsOf(this.#world)) {
      for (const door of DOORS)
        await this.#mustFail(peer, { ...door, hello: this.#member.hello({ withInvite: true }) });
    }
    for (const { peer, protocol, ask } of this.#kept)
      if (await this.#answer(ask)) this.#fail(`is still answered on ${protocol} by ${peer}`);
  }

  async #putOut(): Promise<void> {
    const { index, site } = this.#world;
    const { process, server } = index;
    if (!process || !server) return site.clock.sleep(ANSWER_MS);
    await process.outlive(server.revoke(this.#member.peerId)).catch(() => undefined);
    if (!process.alive) return;
    this.#isOut = true;
    site.trace.note(this.#member.name, "is put out");
  }

  async #try(peer: PeerId): Promise<void> {
    const door = this.#random.pick(DOORS);
    const withInvite = this.#random.chance(0.3);
    if (this.#isKnownOut(peer) || this.#hasExpired(peer))
      return this.#mustFail(peer, { ...door, hello: this.#member.hello({ withInvite }) });
    if (this.#isOut || this.#kept.length >= KEPT_MAX) return;
    if (peer === this.#world.index.identity.peerId) {
      const frames = await this.#member.enter();
      const client = frames && new IndexClient(frames);
      if (client) this.#kept.push({ peer, protocol: INDEX_PROTOCOL, ask: () => client.drive() });
    } else if (door.protocol === CHUNKS_PROTOCOL) {
      const opened = await this.#member.open(peer, door);
      const client = opened && new ChunksClient(opened.frames);
      const ask = () => client?.has({ runs: [SOME] }) ?? Promise.resolve();
      if (client) this.#kept.push({ peer, protocol: CHUNKS_PROTOCOL, ask });
    }
  }

  /** One that is answered is kept, one that is not is forgotten. */
  async #askAgain(): Promise<void> {
    const kept = this.#random.pick(this.#kept);
    const isKnown = this.#isKnownOut(kept.peer);
    if (await this.#answer(kept.ask)) {
      if (isKnown) this.#fail(`is still answered on ${kept.protocol} by ${kept.peer}`);
      return;
    }
    this.#kept.splice(this.#kept.indexOf(kept), 1);
  }

  async #mustFail(peer: PeerId, door: Parameters<typeof knock>[2]): Promise<void> {
    const got = await knock(this.#member.network, peer, door);
    if (got !== undefined) this.#fail(`got ${got}`);
  }

  async #answer(ask: () => Promise<unknown>): Promise<boolean> {
    const { clock } = this.#world.site;
    const answered = ask().then(
      () => true,
      () => false,
    );
    return Promise.race([answered, clock.sleep(ANSWER_MS).then(() => false)]);
  }

  #isKnownOut(peer: PeerId): boolean {
    const { index, peers } = this.#world;
    if (peer === index.identity.peerId) return this.#isOut;
    const machine = peers.find(({ identity }) => identity.peerId === peer);
    return machine?.peer?.credentials.isRevoked(this.#member.peerId) ?? false;
  }

  /** The index goes by its own record of members. */
  #hasExpired(peer: PeerId): boolean {
    const { index, site } = this.#world;
    const { pass } = this.#member.welcome;
    if (!pass || peer === index.identity.peerId) return false;
    const whose = { drive: index.drive, index: index.identity.peerId, peer: this.#member.peerId };
    return verifyPass(pass, { ...whose, nowMs: 0 }).expiresAt <= site.clock.nowMs();
  }

  #fail(text: string): never {
    const { name } = this.#member;
    return this.#world.site.verdict.fail(6, `${name} is no member any more and ${text}`);
  }
}
