import { describeNetwork } from "./compliance.ts";
import { identityFromSeed } from "./identity.ts";
import { openLibp2pNetwork } from "./libp2p-network.ts";
import type { Network } from "./network.ts";

const open = (seed: number): Promise<Network> =>
  openLibp2pNetwork({
    identity: identityFromSeed(new Uint8Array(32).fill(seed)),
    listen: ["/ip4/127.0.0.1/tcp/0"],
    mdns: false,
    dht: false,
  });

describeNetwork("openLibp2pNetwork", async () => {
  const [a, b] = await Promise.all([open(1), open(2)]);
  await a.learn(b.peerId, b.addresses());
  await b.learn(a.peerId, a.addresses());
  return {
    a,
    b,
    [Symbol.asyncDispose]: async () => {
      await a[Symbol.asyncDispose]();
      await b[Symbol.asyncDispose]();
    },
  };
});
