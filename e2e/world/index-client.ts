/** A member without a daemon: speaks to the index over real TCP as any client may. */
import { join } from "node:path";
import { openIdentity, openLibp2pNetwork, type Network } from "@goliath/net";
import { INDEX_BOUNDS, INDEX_PROTOCOL, IndexClient } from "@goliath/protocols/index";
import { greet, parseLink } from "@goliath/protocols/pass";
import { FrameStream } from "@goliath/protocols/wire";
import type { World } from "./world.ts";

export interface Member extends AsyncDisposable {
  index: IndexClient;
  network: Network;
}

/** Joins with an invite of its own; `name` also names its key's file. */
export async function openMember(world: World, name: string, role = "writer"): Promise<Member> {
  const identity = await openIdentity(join(world.folder, `${name}.key`));
  const network = await openLibp2pNetwork({ identity, listen: [], mdns: false, dht: false });
  const link = parseLink(await world.invite(role));
  await network.learn(link.index, link.addresses);
  const frames = new FrameStream(await network.open(link.index, INDEX_PROTOCOL), INDEX_BOUNDS);
  await greet(frames, { drive: link.drive, name, ...(link.invite ? { invite: link.invite } : {}) });
  const index = new IndexClient(frames);
  return {
    index,
    network,
    [Symbol.asyncDispose]: async () => {
      await index.close();
      await network[Symbol.asyncDispose]();
    },
  };
}
