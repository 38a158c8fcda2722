/** A TCP proxy that is as bad as networks are: slow, thin, stalled, cut. */
import { once } from "node:events";
import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Bytes on their way through one direction before the sender is held up. */
const UNDER_WAY_BYTES_MAX = 1024 * 1024;
/** A throttled direction passes bytes on this often. */
const THROTTLE_TICK_MS = 50;

export interface ProxyFaults {
  /** Milliseconds each byte takes, each way. */
  delayMs?: number;
  /** Bytes a second, each way and connection. */
  bytesPerSecond?: number;
  /** Connections are accepted and everything on them is swallowed for as long as this stands. */
  stalled?: boolean;
  /** Connections are reset after this many bytes from the target. */
  cutAfterBytes?: number;
}

export class TcpProxy implements AsyncDisposable {
  readonly port: number;
  faults: ProxyFaults = {};
  /** Bytes that came from the target. */
  bytesFromTarget = 0;
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();

  /** Use `openProxy`. */
  constructor(server: Server, targetPort: number) {
    this.#server = server;
    this.#targetPort = targetPort;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (client) => this.#accept(client));
  }

  /** Cuts every connection with a reset, as a middlebox that lost its state does. */
  reset(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.reset();
    await closed;
  }

  #accept(client: Socket): void {
    const target = connect({ port: this.#targetPort, host: "127.0.0.1", allowHalfOpen: true });
    const pair = [client, target] as const;
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    void this.#pump(client, target);
    void this.#pump(target, client);
  }

  async #pump(from: Socket, to: Socket): Promise<void> {
    const isFromTarget = this.#pairs.values().some(([, target]) => target === from);
    const queue: { bytes: Buffer; dueMs: number }[] = [];
    let underWay = 0;
    let wake = (): void => undefined;
    from.on("data", (bytes) => {
      queue.push({ bytes, dueMs: performance.now() + (this.faults.delayMs ?? 0) });
      underWay += bytes.length;
      if (underWay > UNDER_WAY_BYTES_MAX) from.pause();
      wake();
    });
    to.on("close", () => wake());
    from.on("end", () => {
      queue.push({ bytes: Buffer.alloc(0), dueMs: performance.now() });
      wake();
    });
    while (!to.destroyed) {
      const next = queue.shift();
      if (!next) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      if (next.bytes.length === 0) {
        to.end();
        return;
      }
      await sleep(Math.max(0, next.dueMs - performance.now()));
      // What was stalled is gone for good: whoever comes back must come on a new connection.
      if (!this.faults.stalled) await this.#pass(next.bytes, { to, isFromTarget });
      underWay -= next.bytes.length;
      if (from.isPaused()) from.resume();
    }
  }

  async #pass(
    bytes: Buffer,
    { to, isFromTarget }: { to: Socket; isFromTarget: boolean },
  ): Promise<void> {
    for (let at = 0; at < bytes.length && !to.destroyed;) {
      const { bytesPerSecond, cutAfterBytes } = this.faults;
      const piece = bytesPerSecond
        ? Math.ceil((bytesPerSecond * THROTTLE_TICK_MS) / 1000)
        : bytes.length;
      const part = bytes.subarray(at, at + piece);
      at += part.length;
      if (isFromTarget) this.bytesFromTarget += part.length;
      if (isFromTarget && cutAfterBytes !== undefined && this.bytesFromTarget > cutAfterBytes) {
        this.reset();
        return;
      }
      if (!to.write(part)) await drained(to);
      if (bytesPerSecond) await sleep(THROTTLE_TICK_MS);
    }
  }
}

/** Until it can take more, or never will. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
  });
}

/** Listens on a port of loopback of its own, or the given one, and passes on to `targetPort`. */
export async function openProxy(targetPort: number, port = 0): Promise<TcpProxy> {
  const server = createServer({ allowHalfOpen: true });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return new TcpProxy(server, targetPort);
}

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const closed = once(server, "close");
  server.close();
  await closed;
  return port;
}
