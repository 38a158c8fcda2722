/** Histories in which the model and an engine, or a follower, once did not agree. */
import type { DrivePath } from "@goliath/protocols/nouns";
import type { Step, Turn } from "./model-turns.ts";

export const FAILED_HISTORIES: Turn[][] = [
  // A directory changes inside and then comes in, in one commit: a follower that took the change for
  // all that is in it missed the rest (seed 2025550104).
  [
    turn({ steps: [put("/c/f"), put("/a/a/f")], follow: 2 }),
    turn({ steps: [put("/a/f"), { ...put("/a"), op: "move", other: "/c/a" as DrivePath }] }),
  ],
];

function turn(some: Pick<Turn, "steps"> & Partial<Turn>): Turn {
  const nothing = {
    resend: "no",
    follow: undefined,
    catchUp: false,
    restart: false,
    pass: 0,
    pages: 0,
  } as const;
  return { writer: 0, ...nothing, ...some };
}

function put(path: string): Step {
  const other = "/" as DrivePath;
  const nothing = { source: undefined, when: "none", back: undefined } as const;
  return { op: "put", path: path as DrivePath, other, content: 0, ...nothing };
}
