/** The drive's log: what changed, by whom and when, and the way back to how it was. */
import { useState, type FormEvent } from "react";
import { Button, CloseButton, TextInput } from "@mantine/core";
import { FilterIcon } from "@primer/octicons-react";
import { PageFrame } from "../../parts/page-frame.tsx";
import { goTo, usePlace } from "../../shell/location.ts";
import { AsItWas } from "./as-it-was.tsx";
import classes from "./history.module.css";
import { LogList } from "./log-list.tsx";

export default function Page() {
  const { search } = usePlace();
  const path = new URLSearchParams(search).get("path") ?? "/";
  return (
    <PageFrame
      title="History"
      text="Every change of the drive, the latest first. Nothing here can be changed; all of it can be looked at."
    >
      <div className={classes["tools"]}>
        <PathFilter key={path} path={path} />
        <AsItWas path={path} />
      </div>
      <LogList key={`list of ${path}`} path={path} />
    </PageFrame>
  );
}

/** Only what touched a path or something below it; in the address, so that it can be linked. */
function PathFilter({ path }: { path: string }) {
  const [text, setText] = useState(path === "/" ? "" : path);
  const show = (wanted: string): void => {
    const asked = `/${wanted.split("/").filter(Boolean).join("/")}`;
    goTo(asked === "/" ? "/history" : `/history?${new URLSearchParams({ path: asked })}`);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    show(text);
  };
  return (
    <form className={classes["filter"]} onSubmit={submit}>
      <TextInput
        label="Only changes in"
        placeholder="/photos"
        leftSection={<FilterIcon />}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        rightSection={
          path !== "/" && <CloseButton size="sm" aria-label="Show all" onClick={() => show("")} />
        }
      />
      <Button type="submit" variant="default">
        Show
      </Button>
    </form>
  );
}
