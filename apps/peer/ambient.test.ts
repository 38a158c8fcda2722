import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { processAmbient } from "./ambient.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function listenForInterrupts() {
  const others = process.listenerCount("SIGINT");
  const listener = vi.fn();
  const remove = processAmbient().onInterrupt(listener);
  return { listener, remove, listening: () => process.listenerCount("SIGINT") - others };
}

describe("onInterrupt", () => {
  it("takes one Ctrl-C that arrives several times for one", () => {
    const { listener, remove, listening } = listenForInterrupts();
    process.emit("SIGINT");
    process.emit("SIGINT");
    expect(listener).toHaveBeenCalledTimes(1);
    // While somebody listens a signal does not end the process.
    expect(listening()).toBe(1);
    remove();
    expect(listening()).toBe(0);
  });

  it("leaves a later signal to end the process", () => {
    const { listener, listening } = listenForInterrupts();
    process.emit("SIGINT");
    vi.advanceTimersByTime(1_000);
    expect(listening()).toBe(0);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
