/** What a person changes in the drive, each with its way back. */
import { joinPath, nameOf, parentOf } from "../parts/drive-path.ts";
import type { Client } from "./client.ts";

/** Calls at once: each is a revision of its own, and a browser has six connections. */
const AT_ONCE = 2;

/** What was done: words for it, and what takes it back. */
export interface Done {
  text: string;
  undo: () => Promise<void>;
}

export interface ChangesInit {
  client: Client;
  /** Tells that something was done, and offers to undo it. */
  onDone(done: Done): void;
}

export class DriveChanges {
  readonly #init: ChangesInit;
  #last: Done | undefined;

  constructor(init: ChangesInit) {
    this.#init = init;
  }

  async newFolder(path: string): Promise<void> {
    await this.#init.client.call("mkdir", { path });
    this.#tell({
      text: `Made the folder “${nameOf(path)}”.`,
      undo: async () => void (await this.#init.client.call("rm", { path, recursive: false })),
    });
  }

  async rename(path: string, name: string): Promise<void> {
    const to = joinPath(parentOf(path), name);
    await this.#move(path, to);
    this.#tell({
      text: `Renamed to “${name}”.`,
      undo: () => this.#move(to, path),
    });
  }

  /** Moves entries into a folder. Throws the first failure after all were tried. */
  async move(paths: readonly string[], folder: string): Promise<void> {
    const moved: { from: string; to: string }[] = [];
    const failure = await each(paths, async (from) => {
      const to = joinPath(folder, nameOf(from));
      if (to === from) return;
      await this.#move(from, to);
      moved.push({ from, to });
    });
    if (moved.length > 0)
      this.#tell({
        text: `Moved ${countOf(moved.map(({ from }) => from))} to ${nameOf(folder) || "the drive"}.`,
        undo: async () => fail(await each(moved, ({ from, to }) => this.#move(to, from))),
      });
    fail(failure);
  }

  /** Deletes entries with all below them. Throws the first failure after all were tried. */
  async remove(paths: readonly string[]): Promise<void> {
    const removed: { path: string; at: number }[] = [];
    const failure = await each(paths, async (path) => {
      const { revision } = await this.#init.client.call("rm", { path, recursive: true });
      removed.push({ path, at: revision - 1 });
    });
    if (removed.length > 0)
      this.#tell({
        text: `Deleted ${countOf(removed.map(({ path }) => path))}.`,
        undo: async () => fail(await each(removed, (one) => this.#restore(one))),
      });
    fail(failure);
  }

  /** Puts back what stood at a path; what stands there now can be had back in the same way. */
  async restore(path: string, at: number): Promise<void> {
    const { entry } = await this.#init.client.call("resolve", { path });
    const { revision } = await this.#init.client.call("restore", { path, at });
    this.#tell({
      text: `Restored “${nameOf(path) || "the drive"}”.`,
      undo: async () => {
        if (entry) await this.#restore({ path, at: revision - 1 });
        else await this.#init.client.call("rm", { path, recursive: true });
      },
    });
  }

  /** Takes the last change back; nothing happens where there is none. */
  async undoLast(): Promise<boolean> {
    const last = this.#last;
    this.#last = undefined;
    await last?.undo();
    return last !== undefined;
  }

  #tell(done: Done): void {
    this.#last = done;
    this.#init.onDone({
      ...done,
      undo: async () => {
        if (this.#last === done) this.#last = undefined;
        await done.undo();
      },
    });
  }

  async #move(from: string, to: string): Promise<void> {
    await this.#init.client.call("mv", { from, to });
  }

  async #restore({ path, at }: { path: string; at: number }): Promise<void> {
    await this.#init.client.call("restore", { path, at });
  }
}

function countOf(paths: readonly string[]): string {
  const [only] = paths;
  return only !== undefined && paths.length === 1 ? `“${nameOf(only)}”` : `${paths.length} entries`;
}

/** Tries all, some at once; the first failure. */
async function each<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<unknown> {
  let failure: unknown;
  const left = items.values();
  const work = async (): Promise<void> => {
    for (const item of left) await act(item).catch((thrown: unknown) => (failure ??= thrown));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failure;
}

function fail(failure: unknown): void {
  if (failure !== undefined) throw failure;
}
