/** Figures of several blocks: medians, spread, ratios; as a table or as JSON. */

/** One run's figures, by name: `wallS`, `cpuS`, `rssMiB`, `p95Ms`, … */
export type Figures = Record<string, number>;

/** Workload → contestant → the figures of its runs, or why there are none. */
export type Results = Map<string, Map<string, Figures[] | string>>;

export function addRun(results: Results, where: [string, string], run: Figures | string): void {
  const [workload, contestant] = where;
  const row = results.get(workload) ?? new Map<string, Figures[] | string>();
  results.set(workload, row);
  const before = row.get(contestant);
  if (typeof run === "string") row.set(contestant, run);
  else row.set(contestant, [...(Array.isArray(before) ? before : []), run]);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that at least this part of all does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** `{ "W1": { "goliath": { "wallS": … } } }`, of medians. */
export function toJson(results: Results): string {
  const rows = [...results].map(([workload, row]) => {
    const cells = [...row].flatMap(([name, runs]) =>
      typeof runs === "string" ? [] : [[name, mediansOf(runs)] as const],
    );
    return [workload, Object.fromEntries(cells)] as const;
  });
  return JSON.stringify(Object.fromEntries(rows));
}

/** Medians, the lowest and the highest in brackets; walls also as a ratio to Goliath's. */
export function toTable(results: Results, titles: ReadonlyMap<string, string>): string {
  const lines: string[] = [];
  for (const [workload, row] of results) {
    lines.push("", `${workload}: ${titles.get(workload) ?? ""}`);
    const ours = row.get("goliath");
    const wallS = Array.isArray(ours) ? mediansOf(ours)["wallS"] : undefined;
    for (const [name, runs] of row) {
      const text = typeof runs === "string" ? `skipped: ${runs}` : describe(runs, wallS);
      lines.push(`  ${name.padEnd(12)} ${text}`);
    }
  }
  return `${lines.slice(1).join("\n")}\n`;
}

function describe(runs: readonly Figures[], goliathWallS: number | undefined): string {
  const cells = Object.entries(mediansOf(runs)).map(([name, value]) => {
    const all = runs.map((run) => run[name] ?? Number.NaN);
    const spread =
      runs.length > 1 ? ` (${short(Math.min(...all))}–${short(Math.max(...all))})` : "";
    return `${name} ${short(value)}${spread}`.padEnd(26);
  });
  const { wallS } = mediansOf(runs);
  if (wallS !== undefined && goliathWallS !== undefined && wallS !== goliathWallS) {
    cells.push(`goliath takes ${(goliathWallS / wallS).toFixed(2)} of it`);
  }
  return cells.join(" ").trimEnd();
}

function mediansOf(runs: readonly Figures[]): Figures {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  return Object.fromEntries(
    names.map((name) => [name, median(runs.flatMap((run) => run[name] ?? []))]),
  );
}

function short(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}
