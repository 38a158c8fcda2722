/** The way from the drive's root to a folder, each step a link. */
import { Menu, UnstyledButton } from "@mantine/core";
import { ChevronRightIcon } from "@primer/octicons-react";
import { Link } from "../shell/link.tsx";
import { goTo } from "../shell/location.ts";
import { addressOf, joinPath, namesOf } from "./drive-path.ts";
import classes from "./breadcrumb.module.css";

/** Steps that are shown; those between go into a menu. */
const STEPS_MAX = 4;

interface Step {
  name: string;
  path: string;
}

export function Breadcrumb({ path, at }: { path: string; at?: number | undefined }) {
  const names = namesOf(path);
  const steps: Step[] = [
    { name: "Drive", path: "/" },
    ...names.map((name, index) => ({ name, path: joinPath("/", ...names.slice(0, index + 1)) })),
  ];
  const hidden = steps.length > STEPS_MAX ? steps.slice(1, steps.length - STEPS_MAX + 2) : [];
  const shown = steps.filter((step) => !hidden.includes(step));
  return (
    <nav aria-label="Where you are" className={classes["crumbs"]}>
      <ol>
        {shown.map((step, index) => (
          <li key={step.path}>
            {index > 0 && <ChevronRightIcon size={12} className={classes["between"] ?? ""} />}
            {index === 1 && hidden.length > 0 && <Hidden steps={hidden} at={at} />}
            {index === shown.length - 1 ? (
              <h1 className={classes["here"]}>{step.name}</h1>
            ) : (
              <Link href={addressOf(step.path, { at })}>{step.name}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Hidden({ steps, at }: { steps: Step[]; at: number | undefined }) {
  return (
    <>
      <Menu>
        <Menu.Target>
          <UnstyledButton className={classes["more"]} aria-label="Folders between">
            …
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {steps.map(({ name, path }) => (
            <Menu.Item key={path} onClick={() => goTo(addressOf(path, { at }))}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ChevronRightIcon size={12} className={classes["between"] ?? ""} />
    </>
  );
}
