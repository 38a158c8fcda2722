/** Asks for a name: of a new folder, or a new one for what is there. */
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { sentenceOf } from "../api/api-error.ts";
import { nameProblem } from "./drive-path.ts";

export interface NameDialogProps {
  title: string;
  label: string;
  action: string;
  /** The name to begin with. */
  name?: string;
  /** Does it; what it throws is told beside the field. */
  onName(name: string): Promise<void>;
  onClose(): void;
}

export function NameDialog({ title, label, action, name = "", onName, onClose }: NameDialogProps) {
  const [value, setValue] = useState(name);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The ending of a file's name mostly stays.
    const dot = name.lastIndexOf(".");
    field.current?.setSelectionRange(0, dot > 0 ? dot : name.length);
  }, [name]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const problem = nameProblem(value);
    if (problem !== undefined) return setError(problem);
    setBusy(true);
    try {
      if (value !== name) await onName(value);
      onClose();
    } catch (thrown) {
      setError(sentenceOf(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          ref={field}
          data-autofocus
          label={label}
          value={value}
          error={error}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setValue(event.currentTarget.value);
            setError(undefined);
          }}
        />
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
