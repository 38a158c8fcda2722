import { multiaddr } from "@multiformats/multiaddr";
import { describe, expect, it } from "vitest";
import { PENDING_PER_ADDRESS_MAX, PendingInbound, type Pending } from "./pending-inbound.ts";

function connectionFrom(host: string): Pending & { close: () => void } {
  const events = new EventTarget();
  return {
    remoteAddr: multiaddr(`/ip4/${host}/tcp/4000`),
    addEventListener: events.addEventListener.bind(events) as Pending["addEventListener"],
    close: () => void events.dispatchEvent(new Event("close")),
  };
}

const fill = (pending: PendingInbound, host: string) =>
  Array.from({ length: PENDING_PER_ADDRESS_MAX }, () => {
    const connection = connectionFrom(host);
    expect(pending.denies(connection)).toBe(false);
    return connection;
  });

describe("PendingInbound", () => {
  it("denies one address more than its share, and not another", () => {
    const pending = new PendingInbound();
    fill(pending, "10.0.0.1");
    expect(pending.denies(connectionFrom("10.0.0.1"))).toBe(true);
    expect(pending.denies(connectionFrom("10.0.0.2"))).toBe(false);
  });

  it("counts a connection until it is proven or over, and once", () => {
    const pending = new PendingInbound();
    const [first, second] = fill(pending, "10.0.0.1") as [ReturnType<typeof connectionFrom>, never];
    pending.proven(first);
    pending.proven(first);
    first.close();
    (second as typeof first).close();
    for (const denied of [false, false, true]) {
      expect(pending.denies(connectionFrom("10.0.0.1"))).toBe(denied);
    }
  });

  it("remembers nothing of those that are gone", () => {
    const pending = new PendingInbound();
    for (const connection of fill(pending, "10.0.0.1")) connection.close();
    expect(pending.size).toBe(0);
  });
});
