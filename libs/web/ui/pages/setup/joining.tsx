/** Shown while the drive lets this machine in, which waits for its index. */
import { useEffect } from "react";
import { Alert, Loader, Text, Title } from "@mantine/core";
import { AlertIcon } from "@primer/octicons-react";
import { useAnswer } from "../../parts/use-answer.ts";
import { useSession } from "../../shell/session.ts";
import classes from "./setup.module.css";

const LOOK_MS = 1_000;

export function Joining() {
  const { watch } = useSession();
  const { value } = useAnswer("setup", {}, { everyMs: LOOK_MS });
  const ready = value !== undefined && value.state !== "joining";
  useEffect(() => {
    if (ready) watch.retry();
  }, [ready, watch]);
  return (
    <section className={classes["card"]} aria-live="polite">
      <div className={classes["joining"]}>
        <Loader size="sm" />
        <div>
          <Title order={2} size="h4">
            Joining the drive…
          </Title>
          <Text size="sm" c="dimmed" mt={4}>
            The drive’s index must be online to let this machine in. If it is off now, leave this
            running: it goes on by itself.
          </Text>
        </div>
      </div>
      {value?.problem !== undefined && (
        <Alert mt="md" color="yellow" variant="light" icon={<AlertIcon />}>
          {value.problem}
        </Alert>
      )}
    </section>
  );
}
