/** The folder in figures: what is safe of it, and what is not. */
import type { ReactNode } from "react";
import { byteText, countText } from "../../parts/byte-text.ts";
import classes from "./copies.module.css";
import { GRADE_TEXTS, GRADE_WORDS, type Grade } from "./grade.ts";
import type { Health } from "./use-health.ts";

export function Figures({ health: { children, total } }: { health: Health }) {
  const sum = (of: (child: (typeof children)[number]) => number): number =>
    children.reduce((all, child) => all + of(child), 0);
  const chunks = total?.chunks ?? sum((child) => child.chunks);
  const under = total?.under ?? sum((child) => child.under);
  const bare = total?.bare ?? sum((child) => child.bare);
  const unreachable = total?.unreachable ?? sum((child) => child.unreachable);
  const percent = chunks === 0 ? 100 : Math.floor(((chunks - under) / chunks) * 100);
  return (
    <dl className={classes["figures"]} aria-busy={total === undefined}>
      <Figure name="In here" value={byteText(sum((child) => child.bytes))}>
        {countText(chunks)} pieces{total === undefined ? ", still counting…" : ""}
      </Figure>
      <Figure name="Safe" value={`${percent}%`} grade="safe">
        {countText(chunks - under)} pieces
      </Figure>
      <Figure name={GRADE_WORDS.under} value={countText(under - bare)} grade="under">
        pieces with fewer than asked for
      </Figure>
      <Figure name={GRADE_WORDS.bare} value={countText(bare)} grade="bare">
        pieces
      </Figure>
      <Figure name={GRADE_WORDS.unreachable} value={countText(unreachable)} grade="unreachable">
        pieces
      </Figure>
    </dl>
  );
}

interface FigureProps {
  name: string;
  value: string;
  grade?: Grade;
  children: ReactNode;
}

function Figure({ name, value, grade, children }: FigureProps) {
  return (
    <div title={grade && GRADE_TEXTS[grade]}>
      <dt>
        {grade && <span className={classes["swatch"]} data-grade={grade} aria-hidden="true" />}
        {name}
      </dt>
      <dd>
        <b>{value}</b>
        <span>{children}</span>
      </dd>
    </div>
  );
}
