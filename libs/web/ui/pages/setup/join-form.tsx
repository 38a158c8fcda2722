/** Joins a drive with a link that somebody sent. */
import { useState } from "react";
import { Textarea } from "@mantine/core";
import { goTo } from "../../shell/location.ts";
import { useSession } from "../../shell/session.ts";
import { SetupForm } from "./setup-form.tsx";
import classes from "./setup.module.css";

const SCHEME = "goliath:";

export function JoinForm({ link: given, onBack }: { link: string; onBack(): void }) {
  const { client } = useSession();
  const [text, setText] = useState(given);
  // A link that was sent by mail comes with line breaks.
  const link = text.replaceAll(/\s/gu, "");
  return (
    <SetupForm
      title="Join a drive"
      text="With the link this machine becomes a member of that drive. You see all of it at once, and nothing is downloaded until you ask for it."
      action="Join"
      problem={problemOf(link)}
      advice="If it goes on, ask for a new link: each works for a while, and for some machines."
      onSubmit={async (name) => {
        await client.call("join", { link, ...(name !== undefined && { name }) });
        goTo("/drive", { replace: true });
      }}
      onBack={onBack}
    >
      <Textarea
        className={classes["link"] ?? ""}
        label="The link"
        placeholder="goliath:…"
        data-autofocus
        autosize
        minRows={3}
        maxRows={8}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </SetupForm>
  );
}

function problemOf(link: string): string | undefined {
  if (link === "") return "Paste the link that you were sent.";
  if (link.startsWith(SCHEME)) return undefined;
  return "This is no link to a drive: those begin with “goliath:”.";
}
