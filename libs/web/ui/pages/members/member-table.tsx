/** The members, those who were shut out last. */
import { Badge, Button } from "@mantine/core";
import type { Api } from "../../api/methods.ts";
import { PeerName } from "../../parts/peer-name.tsx";
import { ROLE_NAMES, ROLE_TEXTS } from "../../parts/role-text.ts";
import { Table } from "../../parts/table.tsx";
import { timeText, wholeTimeText } from "../../parts/time-text.ts";
import { useSession } from "../../shell/session.ts";

export type Member = Api["members"]["result"][number];

export interface MemberTableProps {
  members: readonly Member[];
  own: string | undefined;
  /** Present where one may. */
  onRevoke?: (member: Member) => void;
}

export function MemberTable({ members, own, onRevoke }: MemberTableProps) {
  const sorted = members.toSorted(
    (a, b) => Number(a.revoked) - Number(b.revoked) || a.joinedAt - b.joinedAt,
  );
  return (
    <Table label="Members" columns={["Name", "Role", "Joined", { unseen: "Actions" }]}>
      {sorted.map((member) => (
        <Row
          key={member.peer}
          member={member}
          own={member.peer === own}
          {...(onRevoke && { onRevoke })}
        />
      ))}
    </Table>
  );
}

interface RowProps {
  member: Member;
  own: boolean;
  onRevoke?: (member: Member) => void;
}

function Row({ member, own, onRevoke }: RowProps) {
  const { clock } = useSession();
  const { peer, name, role, joinedAt, revoked } = member;
  return (
    <tr data-faded={revoked || undefined}>
      <td>
        <PeerName id={peer} name={name} own={own} />
      </td>
      <td data-label="Role">
        {revoked ? (
          <Badge variant="default">Shut out</Badge>
        ) : (
          <span title={ROLE_TEXTS[role]}>{ROLE_NAMES[role]}</span>
        )}
      </td>
      <td data-label="Joined">
        <time dateTime={new Date(joinedAt).toISOString()} title={wholeTimeText(joinedAt)}>
          {timeText(joinedAt, clock.nowMs())}
        </time>
      </td>
      <td>
        {onRevoke && !own && !revoked && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Shut out: ${name || peer}`}
            onClick={() => onRevoke(member)}
          >
            Shut out
          </Button>
        )}
      </td>
    </tr>
  );
}
