/** A row of the settings: what it is called, what it is, what it is for. */
import type { ReactNode } from "react";

export interface FactProps {
  name: string;
  /** What it is for. */
  more?: string;
  children: ReactNode;
}

export function Fact({ name, more, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {more && <small>{more}</small>}
      </dd>
    </div>
  );
}
