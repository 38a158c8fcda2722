/** Shown without a token: a password where the daemon has one, else where to find the link. */
import { useEffect, useState, type FormEvent } from "react";
import { Button, Code, Paper, PasswordInput, Text, Title } from "@mantine/core";
import { sentenceOf } from "../api/api-error.ts";
import { State } from "../parts/state.tsx";
import { Mark } from "./mark.tsx";
import classes from "./shell.module.css";
import { useSession } from "./session.ts";

type Asked = { password: boolean } | { error: string } | undefined;

export default function SignIn() {
  const { client } = useSession();
  const [asked, setAsked] = useState<Asked>();
  useEffect(() => {
    const stop = new AbortController();
    client
      .session(stop.signal)
      .then(setAsked)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setAsked({ error: sentenceOf(error) });
      });
    return () => stop.abort();
  }, [client]);
  return (
    <main className={classes["alone"]}>
      <Paper withBorder p="xl" maw={420} w="100%" component="section">
        <div className={classes["brand"]}>
          <Mark size={32} />{" "}
          <Title order={1} size="h3">
            Goliath
          </Title>
        </div>
        {!asked && <State kind="loading" title="Connecting…" />}
        {asked && "error" in asked && <Text mt="md">{asked.error}</Text>}
        {asked && "password" in asked && (asked.password ? <PasswordForm /> : <LinkAdvice />)}
      </Paper>
    </main>
  );
}

function LinkAdvice() {
  return (
    <>
      <Text mt="md">Open the link that Goliath printed when it started. It signs you in.</Text>
      <Text mt="sm" size="sm" c="dimmed">
        To see it again, run this on the machine where Goliath runs:
      </Text>
      <Code block mt="xs">
        goliath web
      </Code>
    </>
  );
}

function PasswordForm() {
  const { client, watch } = useSession();
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const signIn = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError("");
    await client.signIn(password).then(
      () => watch.retry(),
      (thrown: unknown) => setError(sentenceOf(thrown)),
    );
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void signIn(event)}>
      <PasswordInput
        mt="md"
        label="Password"
        description="The password of this machine’s Goliath."
        autoComplete="current-password"
        data-autofocus
        value={password}
        error={error}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button mt="md" fullWidth type="submit" loading={busy} disabled={password === ""}>
        Sign in
      </Button>
    </form>
  );
}
