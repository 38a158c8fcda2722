/** Makes a link that lets others in: first who and for how long, then the link. */
import { useState, type FormEvent } from "react";
import { Button, Group, Modal, NumberInput, Radio, Select, Stack, Text } from "@mantine/core";
import type { Role } from "@goliath/protocols/nouns";
import { sentenceOf } from "../../api/api-error.ts";
import type { Api } from "../../api/methods.ts";
import { ROLE_NAMES, ROLE_TEXTS, ROLES } from "../../parts/role-text.ts";
import { useSession } from "../../shell/session.ts";
import { InviteLink } from "./invite-link.tsx";

const HOUR_MS = 3_600_000;
const SPANS = [
  { label: "1 hour", ms: HOUR_MS },
  { label: "1 day", ms: 24 * HOUR_MS },
  { label: "7 days", ms: 7 * 24 * HOUR_MS },
  { label: "30 days", ms: 30 * 24 * HOUR_MS },
];
const USES_MAX = 1000;

export function InviteDialog({ onClose }: { onClose(): void }) {
  const [invite, setInvite] = useState<Api["invite"]["result"]>();
  return (
    <Modal opened onClose={onClose} title={invite ? "Send this link" : "Invite someone"} size="lg">
      {invite ? (
        <InviteLink invite={invite} onClose={onClose} />
      ) : (
        <InviteForm onMade={setInvite} />
      )}
    </Modal>
  );
}

function InviteForm({ onMade }: { onMade: (invite: Api["invite"]["result"]) => void }) {
  const { client } = useSession();
  const [role, setRole] = useState<Role>("reader");
  const [uses, setUses] = useState(1);
  const [expiresInMs, setExpiresInMs] = useState(7 * 24 * HOUR_MS);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    await client.call("invite", { role, uses, expiresInMs }).then(onMade, (thrown: unknown) => {
      setError(sentenceOf(thrown));
      setBusy(false);
    });
  };
  return (
    <form onSubmit={(event) => void make(event)}>
      <Stack>
        <Radio.Group
          label="What may they do?"
          value={role}
          onChange={(one) => setRole(one as Role)}
        >
          <Stack mt="xs" gap="xs">
            {ROLES.map((one) => (
              <Radio key={one} value={one} label={ROLE_NAMES[one]} description={ROLE_TEXTS[one]} />
            ))}
          </Stack>
        </Radio.Group>
        <Group grow>
          <NumberInput
            label="How many machines?"
            min={1}
            max={USES_MAX}
            clampBehavior="strict"
            allowDecimal={false}
            value={uses}
            onChange={(count) => setUses(Number(count) || 1)}
          />
          <Select
            label="The link works for"
            data={SPANS.map(({ label, ms }) => ({ label, value: String(ms) }))}
            value={String(expiresInMs)}
            allowDeselect={false}
            onChange={(ms) => setExpiresInMs(Number(ms))}
          />
        </Group>
        {error !== undefined && (
          <Text c="red" size="sm" role="alert">
            {error}
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            Make the link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
