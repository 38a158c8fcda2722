import { describe, expect, it } from "vitest";
import { countStates, counter, formatMetrics, gauge } from "./metric.ts";

describe("formatMetrics", () => {
  it("writes what Prometheus reads", () => {
    const text = formatMetrics([
      gauge("up", "Whether it is up.", true),
      counter("sent_bytes_total", "Bytes\nsent \\ to peers.", 1e21),
      gauge("limit", "By direction.", [
        { value: Number.POSITIVE_INFINITY, labels: { direction: "up", odd: 'a"b\\c\nd' } },
        { value: Number.NaN, labels: { direction: "down" } },
      ]),
      gauge("none", "Nothing yet.", []),
    ]);
    expect(text).toBe(
      [
        "# HELP up Whether it is up.",
        "# TYPE up gauge",
        "up 1",
        String.raw`# HELP sent_bytes_total Bytes\nsent \\ to peers.`,
        "# TYPE sent_bytes_total counter",
        "sent_bytes_total 1e+21",
        "# HELP limit By direction.",
        "# TYPE limit gauge",
        String.raw`limit{direction="up",odd="a\"b\\c\nd"} +Inf`,
        'limit{direction="down"} NaN',
        "# HELP none Nothing yet.",
        "# TYPE none gauge",
        "",
      ].join("\n"),
    );
  });
});

describe("countStates", () => {
  it("tells of states that nobody is in", () => {
    expect(countStates(["a", "b"], ["b", "b"])).toEqual([
      { value: 0, labels: { state: "a" } },
      { value: 2, labels: { state: "b" } },
    ]);
  });
});
