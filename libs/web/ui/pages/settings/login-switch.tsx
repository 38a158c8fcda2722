/** Whether the desktop app starts when its user logs in; a browser has no such thing. */
import { useEffect, useState } from "react";
import { Switch } from "@mantine/core";
import { desktopBridge } from "../../api/desktop.ts";
import { useSession } from "../../shell/session.ts";
import { Fact } from "./fact.tsx";

export function LoginSwitch() {
  const { notices } = useSession();
  const [starts, setStarts] = useState<boolean>();
  const desktop = desktopBridge();
  useEffect(() => {
    desktop?.startsAtLogin().then(setStarts, () => undefined);
  }, [desktop]);
  if (!desktop || starts === undefined) return null;
  const set = (wanted: boolean): void => {
    setStarts(wanted);
    desktop.setStartsAtLogin(wanted).catch((error: unknown) => {
      setStarts(!wanted);
      notices.failed("It could not be changed.", error);
    });
  };
  return (
    <Fact name="At login" more="Others can reach your files only while Goliath runs.">
      <Switch
        label="Start Goliath when I log in"
        checked={starts}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    </Fact>
  );
}
