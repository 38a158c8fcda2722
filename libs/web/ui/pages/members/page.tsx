/** Who may use the drive, and the way to let others in. */
import { useState } from "react";
import { Button } from "@mantine/core";
import { PersonAddIcon } from "@primer/octicons-react";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { PageFrame } from "../../parts/page-frame.tsx";
import { useAnswer } from "../../parts/use-answer.ts";
import { Waiting } from "../../parts/waiting.tsx";
import { useSession, useWatchedPart } from "../../shell/session.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberTable, type Member } from "./member-table.tsx";

/** Others join while this page is open. */
const EVERY_MS = 10_000;

export default function Page() {
  const members = useAnswer("members", {}, { everyMs: EVERY_MS });
  const admin = useWatchedPart(({ status }) => status?.role === "admin");
  const own = useWatchedPart(({ status }) => status?.peerId);
  const [inviting, setInviting] = useState(false);
  const [revoking, setRevoking] = useState<Member>();
  return (
    <PageFrame
      title="Members"
      text={
        admin
          ? "The machines that may use this drive. You can let others in."
          : "The machines that may use this drive. Its admins can let others in."
      }
      actions={
        admin && (
          <Button leftSection={<PersonAddIcon />} onClick={() => setInviting(true)}>
            Invite someone
          </Button>
        )
      }
    >
      {members.value ? (
        <MemberTable members={members.value} own={own} {...(admin && { onRevoke: setRevoking })} />
      ) : (
        <Waiting answer={members} away="Who is a member is shown again when it is back." />
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {revoking && (
        <Revoke member={revoking} onDone={members.again} onClose={() => setRevoking(undefined)} />
      )}
    </PageFrame>
  );
}

interface RevokeProps {
  member: Member;
  onDone(): void;
  onClose(): void;
}

function Revoke({ member: { peer, name }, onDone, onClose }: RevokeProps) {
  const { client, notices } = useSession();
  const called = name || "this machine";
  return (
    <ConfirmDialog
      title={`Shut ${called} out?`}
      confirm="Shut out"
      danger
      onConfirm={async () => {
        await client.call("revoke", { peer });
        notices.done(`${name || "The machine"} is no longer a member.`);
        onDone();
      }}
      onClose={onClose}
    >
      It can no longer read or change the drive, from now on. What it has on its own disk stays
      there: nobody can take that back. To let it in again, send it a new invite.
    </ConfirmDialog>
  );
}
