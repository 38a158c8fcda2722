/** Every machine, keeper or not. */
import { countText, rateText } from "../../parts/byte-text.ts";
import { PeerName } from "../../parts/peer-name.tsx";
import { ROLE_NAMES } from "../../parts/role-text.ts";
import { NumberCell, Table } from "../../parts/table.tsx";
import type { Peer } from "./page.tsx";
import { Presence } from "./presence.tsx";

export interface PeerTableProps {
  peers: readonly Peer[];
  own: string | undefined;
  /** Bytes a second that each sends us. */
  rates: ReadonlyMap<string, number>;
}

export function PeerTable({ peers, own, rates }: PeerTableProps) {
  const columns = ["Name", "Presence", "Role", { number: "Pieces held" }, { number: "To us now" }];
  return (
    <Table label="All machines" columns={columns}>
      {peers.map((peer) => (
        <tr key={peer.peer} data-faded={!peer.online || undefined}>
          <td>
            <PeerName id={peer.peer} name={peer.name} own={peer.peer === own} />
          </td>
          <td data-label="Presence">
            <Presence peer={peer} />
          </td>
          <td data-label="Role">{ROLE_NAMES[peer.role]}</td>
          <NumberCell label="Pieces held">{countText(peer.chunks)}</NumberCell>
          <NumberCell label="To us now">{toUs(peer, { own, rates })}</NumberCell>
        </tr>
      ))}
    </Table>
  );
}

function toUs({ peer }: Peer, { own, rates }: Omit<PeerTableProps, "peers">): string {
  if (peer === own) return "–";
  const rate = rates.get(peer) ?? 0;
  return rate > 0 ? rateText(rate) : "–";
}
