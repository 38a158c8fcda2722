/** An invite's link: to copy, to scan, and what it lets one do. */
import { Alert, Button, CopyButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { CheckIcon, CopyIcon, ShieldLockIcon } from "@primer/octicons-react";
import type { Api } from "../../api/methods.ts";
import { plural } from "../../parts/byte-text.ts";
import { ROLE_NAMES, ROLE_TEXTS } from "../../parts/role-text.ts";
import { wholeTimeText } from "../../parts/time-text.ts";
import classes from "./members.module.css";
import { QrCode } from "./qr-code.tsx";

export interface InviteLinkProps {
  invite: Api["invite"]["result"];
  onClose(): void;
}

export function InviteLink({ invite, onClose }: InviteLinkProps) {
  const { link, role, uses, expiresAt } = invite;
  return (
    <Stack>
      <Alert variant="light" color="yellow" icon={<ShieldLockIcon />} title="Send it only to them">
        Whoever has this link can join as {ROLE_NAMES[role].toLowerCase()}. {ROLE_TEXTS[role]}
      </Alert>
      <div className={classes["invite"]}>
        <QrCode text={link} label="The link as a picture to scan with a telephone" />
        <div className={classes["link"]}>
          <Textarea
            label="The link"
            value={link}
            readOnly
            rows={6}
            classNames={{ input: classes["linkText"] ?? "" }}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <Button
                mt="sm"
                fullWidth
                data-autofocus
                leftSection={copied ? <CheckIcon /> : <CopyIcon />}
                onClick={copy}
              >
                {copied ? "Copied" : "Copy the link"}
              </Button>
            )}
          </CopyButton>
        </div>
      </div>
      <Text size="sm" c="dimmed">
        It lets {plural(uses, "machine")} in, until {wholeTimeText(expiresAt)}. They install
        Goliath, choose “Join a drive” and paste it there.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
