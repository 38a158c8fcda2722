import { describe, expect, it } from "vitest";
import { Listeners } from "./listeners.ts";

describe("Listeners", () => {
  it("emit tells all in order, the same function as often as it subscribed", () => {
    const heard: string[] = [];
    const listeners = new Listeners<string>();
    const hear = (event: string) => void heard.push(event);
    const stop = listeners.subscribe(hear);
    listeners.subscribe(hear);
    listeners.emit("a");
    stop();
    stop();
    listeners.emit("b");
    expect(heard).toEqual(["a", "a", "b"]);
    expect(listeners.size).toBe(1);
  });

  it("emit goes on after a listener that throws", () => {
    const faults: unknown[] = [];
    const heard: number[] = [];
    const listeners = new Listeners<number>({ onFault: (fault) => faults.push(fault) });
    listeners.subscribe(() => {
      throw new Error("broken");
    });
    listeners.subscribe((event) => heard.push(event));
    listeners.emit(1);
    expect(heard).toEqual([1]);
    expect(faults).toEqual([new Error("broken")]);
  });

  it("emit leaves out whoever subscribes meanwhile", () => {
    const heard: number[] = [];
    const listeners = new Listeners<number>();
    listeners.subscribe(() => void listeners.subscribe((event) => heard.push(event)));
    listeners.emit(1);
    expect(heard).toEqual([]);
  });
});
