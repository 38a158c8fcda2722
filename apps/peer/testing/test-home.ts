/** A home with a stand-in for its daemon: a real control socket, canned answers. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  controlSocketPath,
  serveControl,
  type ControlMethod,
  type ControlStream,
} from "@goliath/kit";

export interface TestHome extends AsyncDisposable {
  readonly home: string;
  serve(init: ServeInit): Promise<void>;
}

export interface ServeInit {
  role?: "peer" | "index";
  methods?: Record<string, ControlMethod>;
  streams?: Record<string, ControlStream>;
}

export async function openTestHome(): Promise<TestHome> {
  const stack = new AsyncDisposableStack();
  const home = await mkdtemp(join(tmpdir(), "goliath-cli-"));
  stack.defer(() => rm(home, { recursive: true }));
  return {
    home,
    serve: async ({ role = "peer", methods = {}, streams = {} }) => {
      const socket = controlSocketPath(home, role);
      stack.use(await serveControl({ socket, methods, streams }));
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
