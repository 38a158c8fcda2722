/** The daemon's end of the control socket. */
import { createServer, type Server } from "node:http";
import type { Clock } from "../clock.ts";
import { answerControl, type AnswerControlInit } from "./answer-control.ts";
import { CONTROL_HEADER_BYTES_MAX, CONTROL_PREFIX } from "./control-message.ts";
import { clearControlSocket } from "./control-socket.ts";
import { HttpExchanges } from "./http-exchanges.ts";

export interface ServeControlInit extends Omit<AnswerControlInit, "prefix"> {
  /** From `controlSocketPath`. The caller holds the home's lock. */
  socket: string;
  clock?: Clock;
}

export interface ControlServer extends AsyncDisposable {
  readonly socket: string;
}

/** Far more commands than anybody runs at once; beyond it connections are refused. */
const CONNECTIONS_MAX = 256;

/**
 * Listens on a socket that its user alone can reach. A socket that a killed daemon left is
 * replaced; where another answers, `locked`. Disposing aborts the calls under way, waits for them
 * to end, and takes the socket away.
 */
export async function serveControl(init: ServeControlInit): Promise<ControlServer> {
  await clearControlSocket(init.socket);
  const exchanges = new HttpExchanges(init.clock);
  const { stopping } = exchanges;
  const answering = { ...init, prefix: CONTROL_PREFIX };
  const server = createServer({ maxHeaderSize: CONTROL_HEADER_BYTES_MAX }, (request, response) => {
    exchanges.track(answerControl(answering, { request, response, stopping }));
  });
  // A body from somebody's terminal may take days.
  server.requestTimeout = 0;
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, init.socket);
  return { socket: init.socket, [Symbol.asyncDispose]: () => exchanges.close(server) };
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // The socket is made within this call, and so never reachable for others.
    const umask = process.umask(0o177);
    server.listen(socket, resolve);
    process.umask(umask);
  });
}
