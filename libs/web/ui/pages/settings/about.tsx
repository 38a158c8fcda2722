/** Which Goliath this is. */
import { useEffect, useState } from "react";
import { Text } from "@mantine/core";
import { useSession } from "../../shell/session.ts";

export function About() {
  const { client } = useSession();
  const [version, setVersion] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    client.session(stop.signal).then(
      (session) => setVersion(session.version),
      () => undefined,
    );
    return () => stop.abort();
  }, [client]);
  return (
    <Text size="sm" c="dimmed">
      Goliath{version === undefined ? "" : ` ${version}`}: one drive for everyone, on everyone’s
      machines. Free software, under Apache-2.0 or MIT, at your choice.
    </Text>
  );
}
