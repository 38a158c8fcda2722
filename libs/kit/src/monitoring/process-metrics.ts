/** What every process has: CPU, memory, and how late its event loop is. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { counter, gauge, type Metric } from "./metric.ts";

/** The loop is looked at this often; what it is late by is what comes on top. */
const RESOLUTION_MS = 20;
const NANOSECONDS = 1e9;

export interface ProcessMetrics extends Disposable {
  /** The delays are those since the last call. */
  metrics(): Metric[];
}

/** Named as Prometheus' own client libraries name them: dashboards know them. */
export function openProcessMetrics({ startedAtMs }: { startedAtMs: number }): ProcessMetrics {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loop.enable();
  const late = (nanoseconds: number): number =>
    Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS / 1_000) || 0;
  const metrics = (): Metric[] => {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, external } = process.memoryUsage();
    const help = "Delay of the event loop since the last scrape";
    const delays = [
      gauge("nodejs_eventloop_lag_mean_seconds", `${help}, mean.`, late(loop.mean)),
      gauge(
        "nodejs_eventloop_lag_p99_seconds",
        `${help}, 99th percentile.`,
        late(loop.percentile(99)),
      ),
      gauge(
        "nodejs_eventloop_lag_max_seconds",
        `${help}, at most.`,
        late(loop.count > 0 ? loop.max : 0),
      ),
    ];
    loop.reset();
    return [
      counter(
        "process_cpu_seconds_total",
        "CPU time spent, user and system.",
        (user + system) / 1e6,
      ),
      gauge("process_resident_memory_bytes", "Resident memory.", rss),
      gauge("process_start_time_seconds", "Start, since 1970.", startedAtMs / 1_000),
      gauge("nodejs_heap_size_used_bytes", "JavaScript heap in use.", heapUsed),
      gauge("nodejs_external_memory_bytes", "Memory of buffers outside the heap.", external),
      ...delays,
    ];
  };
  return { metrics, [Symbol.dispose]: () => void loop.disable() };
}
