/** A form of the first run: what to fill in, what went wrong, and the way back. */
import { useState, type FormEvent, type ReactNode } from "react";
import { Alert, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { AlertIcon } from "@primer/octicons-react";
import { sentenceOf } from "../../api/api-error.ts";
import { useSession } from "../../shell/session.ts";
import classes from "./setup.module.css";

/** Longer names are cut where they are shown. */
const NAME_MAX = 60;

export interface SetupFormProps {
  title: string;
  /** What it means, in two sentences. */
  text: string;
  action: string;
  /** Why it cannot be sent as it is. */
  problem?: string | undefined;
  /** Does it, with the name of this machine where one was given. */
  onSubmit(name: string | undefined): Promise<void>;
  /** What to try when it failed. */
  advice: string;
  onBack(): void;
  children?: ReactNode;
}

export function SetupForm(props: SetupFormProps) {
  const { title, text, action, problem, onSubmit, advice, onBack, children } = props;
  const { watch } = useSession();
  const [name, setName] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (problem !== undefined) return setError(problem);
    setBusy(true);
    setError(undefined);
    try {
      await onSubmit(name.trim() || undefined);
      watch.retry();
    } catch (thrown) {
      setError(`${sentenceOf(thrown)} ${advice}`);
      setBusy(false);
    }
  };
  return (
    <form className={classes["card"]} onSubmit={(event) => void submit(event)}>
      <Stack>
        <div>
          <Title order={2} size="h3">
            {title}
          </Title>
          <Text c="dimmed" size="sm" mt={4}>
            {text}
          </Text>
        </div>
        {children}
        <TextInput
          label="Name of this machine"
          description="How the others see it. You may leave it empty."
          placeholder="Ann’s laptop"
          maxLength={NAME_MAX}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {error !== undefined && (
          <Alert color="red" variant="light" icon={<AlertIcon />} role="alert">
            {error}
          </Alert>
        )}
        <Group justify="space-between">
          <Button variant="default" disabled={busy} onClick={onBack}>
            Back
          </Button>
          <Button type="submit" loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
