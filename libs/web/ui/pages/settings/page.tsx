/** This machine in the drive, and how the window looks. */
import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { PageFrame, Section } from "../../parts/page-frame.tsx";
import { State } from "../../parts/state.tsx";
import { useWatched } from "../../shell/session.ts";
import { About } from "./about.tsx";
import { Fact } from "./fact.tsx";
import { Keeper } from "./keeper.tsx";
import { LoginSwitch } from "./login-switch.tsx";
import { Machine } from "./machine.tsx";
import classes from "./settings.module.css";

const SCHEMES = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "auto", label: "As the system" },
];

export default function Page() {
  const { status } = useWatched();
  return (
    <PageFrame title="Settings" text="This machine, and how this window looks.">
      {status ? (
        <>
          <Section title="This machine">
            <Machine status={status} />
          </Section>
          <Section title="Room for the drive">
            <Keeper keeper={status.keeper} />
          </Section>
        </>
      ) : (
        <State kind="loading" title="Loading…" />
      )}
      <Section title="This window">
        <dl className={classes["facts"]}>
          <Fact name="Light or dark">
            <Scheme />
          </Fact>
          <LoginSwitch />
        </dl>
      </Section>
      <Section title="About">
        <About />
      </Section>
    </PageFrame>
  );
}

function Scheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Light or dark"
      value={colorScheme}
      onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
      data={SCHEMES}
    />
  );
}
