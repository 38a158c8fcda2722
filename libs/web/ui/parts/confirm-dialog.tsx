/** Asks before something that cannot be taken back with a glance. */
import { useState, type ReactNode } from "react";
import { Button, Group, Modal, Text } from "@mantine/core";
import { sentenceOf } from "../api/api-error.ts";

export interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** What the button says and does; the dialog closes when it is done, and tells when it failed. */
  confirm: string;
  danger?: boolean;
  onConfirm(): Promise<void>;
  onClose(): void;
}

export function ConfirmDialog({
  title,
  children,
  confirm,
  danger,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const act = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      setError(sentenceOf(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <div>{children}</div>
      {error !== undefined && (
        <Text c="red" size="sm" mt="sm" role="alert">
          {error}
        </Text>
      )}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          data-autofocus
          color={danger ? "red" : undefined}
          loading={busy}
          onClick={() => void act()}
        >
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
