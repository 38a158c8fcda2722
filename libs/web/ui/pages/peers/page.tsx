/** The machines of the drive: who is here, what they hold, how fast they are to us. */
import { Text } from "@mantine/core";
import type { Api } from "../../api/methods.ts";
import { plural } from "../../parts/byte-text.ts";
import { PageFrame, Section } from "../../parts/page-frame.tsx";
import { useAnswer } from "../../parts/use-answer.ts";
import { Waiting } from "../../parts/waiting.tsx";
import { useWatchedPart } from "../../shell/session.ts";
import { KeeperCard } from "./keeper-card.tsx";
import { PeerTable } from "./peer-table.tsx";
import classes from "./peers.module.css";

export type Peer = Api["peers"]["result"][number];

const PEERS_MS = 5_000;
const RATES_MS = 2_000;

export default function Page() {
  const peers = useAnswer("peers", {}, { everyMs: PEERS_MS });
  const rates = useAnswer("transfers", {}, { everyMs: RATES_MS });
  const own = useWatchedPart(({ status }) => status?.peerId);
  const keepers = peers.value?.filter(({ keeper }) => keeper) ?? [];
  return (
    <PageFrame title="Peers" text={peers.value ? summaryOf(peers.value) : ""}>
      {peers.value ? (
        <>
          <Section title="Keepers">
            <Text size="sm" c="dimmed" mt={-8} mb="sm">
              They gave room to the drive, and hold the copies that it asks for.
            </Text>
            {keepers.length > 0 ? (
              <ul className={classes["keepers"]}>
                {keepers.toSorted(byPresence).map((peer) => (
                  <KeeperCard key={peer.peer} peer={peer} own={peer.peer === own} />
                ))}
              </ul>
            ) : (
              <Text className={classes["none"] ?? ""}>
                No machine has given room yet. Start Goliath with <code>--capacity 500GB</code> on
                one that is always on, and the drive keeps copies there.
              </Text>
            )}
          </Section>
          <Section title="All machines">
            <PeerTable
              peers={peers.value.toSorted(byPresence)}
              own={own}
              rates={ratesByPeer(rates.value)}
            />
          </Section>
        </>
      ) : (
        <Waiting
          answer={peers}
          away="Who is online is known again when it is back. Transfers go on."
        />
      )}
    </PageFrame>
  );
}

function summaryOf(peers: readonly Peer[]): string {
  const online = peers.filter((peer) => peer.online).length;
  const lost = peers.length - online;
  return `${plural(online, "machine")} online${lost > 0 ? `, ${lost} away` : ""}.`;
}

/** Those that are here first, then by name. */
function byPresence(a: Peer, b: Peer): number {
  return Number(b.online) - Number(a.online) || a.name.localeCompare(b.name);
}

/** What each sends us now. */
function ratesByPeer(transfers: Api["transfers"]["result"] | undefined): Map<string, number> {
  return new Map(transfers?.sources.map(({ peer, rate }) => [peer, rate]));
}
