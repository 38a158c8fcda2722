/** The head and the measure of a page of words and tables. */
import type { ReactNode } from "react";
import { Text, Title } from "@mantine/core";
import classes from "./page-frame.module.css";

export interface PageFrameProps {
  title: string;
  /** One sentence on what the page is for. */
  text?: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

export function PageFrame({ title, text, actions, children }: PageFrameProps) {
  return (
    <div className={classes["page"]}>
      <div className={classes["head"]}>
        <div className={classes["words"]}>
          <Title order={1} size="h2">
            {title}
          </Title>
          {text && (
            <Text c="dimmed" size="sm" mt={4}>
              {text}
            </Text>
          )}
        </div>
        {actions && <div className={classes["actions"]}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes["section"]} aria-label={title}>
      <Title order={2} size="h5" className={classes["sectionTitle"] ?? ""}>
        {title}
      </Title>
      {children}
    </section>
  );
}
