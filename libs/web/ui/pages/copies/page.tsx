/** How safe the drive's bytes are: a map of a folder by size and health, the same as a table. */
import { Breadcrumbs, Button } from "@mantine/core";
import { SyncIcon } from "@primer/octicons-react";
import { joinPath, namesOf } from "../../parts/drive-path.ts";
import { PageFrame, Section } from "../../parts/page-frame.tsx";
import { State } from "../../parts/state.tsx";
import { Waiting } from "../../parts/waiting.tsx";
import { Link } from "../../shell/link.tsx";
import { usePlace } from "../../shell/location.ts";
import { ChildTable } from "./child-table.tsx";
import { copiesAddress, pathOfCopies } from "./copies-address.ts";
import classes from "./copies.module.css";
import { Figures } from "./figures.tsx";
import { HealthMap } from "./health-map.tsx";
import { PolicyCard } from "./policy-card.tsx";
import { useHealth } from "./use-health.ts";

export default function Page() {
  const path = pathOfCopies(usePlace().pathname);
  const health = useHealth(path);
  return (
    <PageFrame
      title="Copies"
      text="How many copies of everything the drive’s keepers have, and where there are too few."
      actions={
        <Button variant="default" leftSection={<SyncIcon />} onClick={health.again}>
          Look again
        </Button>
      }
    >
      <Crumbs path={path} />
      {health.children.length === 0 && !health.total ? (
        <Waiting answer={health} away="How copies stand is known again when it is back." />
      ) : (
        <Found path={path} health={health} />
      )}
      <Section title={path === "/" ? "What the drive asks for" : `What is asked for ${path}`}>
        <PolicyCard key={path} path={path} onSet={health.again} />
      </Section>
    </PageFrame>
  );
}

function Found({ path, health }: { path: string; health: ReturnType<typeof useHealth> }) {
  const { children, total } = health;
  if (children.length === 0)
    return (
      <State
        kind="empty"
        title="There is nothing in here"
        text="Copies are counted of files, and this folder has none."
      />
    );
  return (
    <>
      <Figures health={health} />
      <HealthMap path={path} items={children} />
      <Section title="The same as a table">
        <ChildTable path={path} items={children} />
        {total && total.leftOut.children > 0 && (
          <p>{`And ${total.leftOut.children} smaller ones.`}</p>
        )}
      </Section>
    </>
  );
}

function Crumbs({ path }: { path: string }) {
  const names = namesOf(path);
  return (
    <nav aria-label="Folder" className={classes["crumbs"]}>
      <Breadcrumbs>
        <Crumb name="Drive" path="/" here={names.length === 0} />
        {names.map((name, index) => {
          const step = joinPath("/", ...names.slice(0, index + 1));
          return <Crumb key={step} name={name} path={step} here={index === names.length - 1} />;
        })}
      </Breadcrumbs>
    </nav>
  );
}

function Crumb({ name, path, here }: { name: string; path: string; here: boolean }) {
  if (here) return <b aria-current="page">{name}</b>;
  return (
    <Link href={copiesAddress(path)} className={classes["crumb"]}>
      {name}
    </Link>
  );
}
