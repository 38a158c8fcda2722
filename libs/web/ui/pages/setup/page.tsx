/** The first run: this machine has no drive yet. Makes one, or joins one with a link. */
import { useEffect, useState } from "react";
import { Text, Title, UnstyledButton } from "@mantine/core";
import { LinkIcon, PlusCircleIcon, type Icon } from "@primer/octicons-react";
import { desktopBridge } from "../../api/desktop.ts";
import { ColorSchemeMenu } from "../../shell/color-scheme.tsx";
import { Mark } from "../../shell/mark.tsx";
import { useWatchedPart } from "../../shell/session.ts";
import { CreateForm } from "./create-form.tsx";
import { JoinForm } from "./join-form.tsx";
import { Joining } from "./joining.tsx";
import classes from "./setup.module.css";

type Way = "create" | "join";

export default function Page() {
  const joining = useWatchedPart(({ setup }) => setup === "joining");
  const [way, setWay] = useState<Way>();
  const [link, setLink] = useState("");
  useEffect(
    () =>
      desktopBridge()?.onLink((opened) => {
        setLink(opened);
        setWay("join");
      }),
    [],
  );
  useEffect(() => {
    document.title = "Welcome · Goliath";
  }, []);
  const back = (): void => setWay(undefined);
  return (
    <main className={classes["page"]}>
      <div className={classes["scheme"]}>
        <ColorSchemeMenu />
      </div>
      <div className={classes["middle"]}>
        <div className={classes["welcome"]}>
          <Mark size={48} />
          <Title order={1}>Welcome to Goliath</Title>
          <Text c="dimmed">
            One drive for everyone in it. The files stay on your machines, and each keeps what it
            chooses.
          </Text>
        </div>
        {joining ? (
          <Joining />
        ) : way === "create" ? (
          <CreateForm onBack={back} />
        ) : way === "join" ? (
          // A link that the system hands over replaces what was typed.
          <JoinForm key={link} link={link} onBack={back} />
        ) : (
          <Ways onChoose={setWay} />
        )}
      </div>
    </main>
  );
}

function Ways({ onChoose }: { onChoose: (way: Way) => void }) {
  return (
    <div className={classes["ways"]}>
      <WayCard
        icon={PlusCircleIcon}
        title="Create a drive"
        text="A new, empty drive that begins on this machine. You are its admin, and invite others when you like."
        onClick={() => onChoose("create")}
      />
      <WayCard
        icon={LinkIcon}
        title="Join a drive"
        text="Someone sent you a link that begins with “goliath:”. It lets this machine into their drive."
        onClick={() => onChoose("join")}
      />
    </div>
  );
}

interface WayCardProps {
  icon: Icon;
  title: string;
  text: string;
  onClick(): void;
}

function WayCard({ icon: Icon, title, text, onClick }: WayCardProps) {
  return (
    <UnstyledButton className={classes["way"]} onClick={onClick}>
      <span className={classes["wayIcon"]}>
        <Icon size={24} />
      </span>
      <b>{title}</b>
      <span className={classes["wayText"]}>{text}</span>
    </UnstyledButton>
  );
}
