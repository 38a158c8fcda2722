/** Something to be measured, by everybody who can do it. */
import type { Figures } from "./figures.ts";

export interface Workload {
  /** As `--only` names it. */
  name: string;
  title: string;
  contestants: {
    name: string;
    /** Why it cannot take part here; undefined where it can. */
    missing(): Promise<string | undefined>;
    /** One run in a fresh folder. */
    run(folder: string): Promise<Figures>;
  }[];
}

/** A workload that only Goliath can do. */
export function ours(
  name: string,
  { title, run }: { title: string; run: (folder: string) => Promise<Figures> },
): Workload {
  return {
    name,
    title,
    contestants: [{ name: "goliath", missing: async () => undefined, run }],
  };
}
