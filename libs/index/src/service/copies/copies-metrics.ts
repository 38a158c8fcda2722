/** The figures of copies for Prometheus. */
import { counter, gauge, type Metric } from "@goliath/kit";
import type { CopiesStatus } from "./copies.ts";

export function copiesMetrics(status: CopiesStatus): Metric[] {
  const { keepers, keepersCounted, keepersDistrusted } = status;
  return [
    gauge(
      "goliath_index_copies_counted",
      "Whether what is used was counted and the keepers were heard since the start.",
      status.counted,
    ),
    gauge("goliath_index_copies_chunks", "Chunks of the drive by the state of their copies.", [
      { value: status.used, labels: { state: "used" } },
      { value: status.under, labels: { state: "under" } },
      { value: status.bare, labels: { state: "bare" } },
      { value: status.unreachable, labels: { state: "unreachable" } },
      { value: status.unused, labels: { state: "unused" } },
      { value: status.ordered, labels: { state: "ordered" } },
    ]),
    gauge("goliath_index_copies_keepers", "Keepers on record, away or not.", [
      { value: keepers, labels: { state: "known" } },
      { value: keepersCounted, labels: { state: "counted" } },
      { value: keepersDistrusted, labels: { state: "distrusted" } },
    ]),
    counter("goliath_index_copies_orders_total", "Orders to copy, by how they ended.", [
      { value: status.copied, labels: { outcome: "done" } },
      { value: status.copyFailed, labels: { outcome: "failed" } },
    ]),
    counter("goliath_index_copies_dropped_total", "Chunks dropped by order.", status.dropped),
    counter(
      "goliath_index_copies_drops_unknown_total",
      "Orders to drop of which it is not known what became.",
      status.dropFailed,
    ),
    counter(
      "goliath_index_copies_collected_total",
      "Chunks given up as garbage.",
      status.collected,
    ),
    counter("goliath_index_copies_audited_total", "Chunks read back from keepers.", status.audited),
    counter(
      "goliath_index_copies_caught_total",
      "Chunks that keepers claimed and could not show.",
      status.caught,
    ),
    counter("goliath_index_copies_sweeps_total", "Counts of the whole namespace.", status.sweeps),
    counter("goliath_index_copies_looks_total", "Looks at all blocks.", status.looks),
  ];
}
