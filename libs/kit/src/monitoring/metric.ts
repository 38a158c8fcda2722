/**
 * Figures of a daemon in Prometheus' text format, version 0.0.4. Names follow its conventions:
 * `goliath_peer_sent_bytes_total`, base units, `_total` for what only grows.
 */

export interface Sample {
  value: number;
  /** What tells it from the metric's other samples. Never what members named: they are many. */
  labels?: Readonly<Record<string, string>>;
}

export interface Metric {
  name: string;
  type: "gauge" | "counter";
  /** One sentence. */
  help: string;
  samples: readonly Sample[];
}

/** What may go up and down: one value, true and false as 1 and 0, or samples with labels. */
export function gauge(
  name: string,
  help: string,
  value: number | boolean | readonly Sample[],
): Metric {
  return { name, type: "gauge", help, samples: samplesOf(value) };
}

/** What only grows while the process runs. */
export function counter(name: string, help: string, value: number | readonly Sample[]): Metric {
  return { name, type: "counter", help, samples: samplesOf(value) };
}

/** How many there are of each of these states, those of which there are none too. */
export function countStates<State extends string>(
  states: readonly State[],
  found: readonly State[],
): Sample[] {
  return states.map((state) => ({
    value: found.filter((other) => other === state).length,
    labels: { state },
  }));
}

export function formatMetrics(metrics: readonly Metric[]): string {
  return metrics.map(formatMetric).join("");
}

function samplesOf(value: number | boolean | readonly Sample[]): readonly Sample[] {
  return typeof value === "object" ? value : [{ value: Number(value) }];
}

function formatMetric({ name, type, help, samples }: Metric): string {
  const lines = samples.map(
    ({ value, labels = {} }) => `${name}${formatLabels(labels)} ${formatValue(value)}`,
  );
  return [`# HELP ${name} ${escape(help)}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escape(value).replaceAll('"', String.raw`\"`)}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function formatValue(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}

function escape(text: string): string {
  return text.replaceAll("\\", String.raw`\\`).replaceAll("\n", String.raw`\n`);
}
