/**
 * A drive that is in use already: every peer shares a folder and mirrors what others have, so that
 * trouble finds something to be at from the first moment.
 */
import type { Clock } from "@goliath/kit";
import { GoliathError, parsePath, RETENTION_MS_MIN } from "@goliath/protocols/nouns";
import { folderOf, type PeerMachine } from "./peer-machine.ts";
import { peopleOf, sleepOver, type World } from "./world.ts";

/** Files that are put to keepers. */
const KEPT_FILES = 6;
/** Where each peer shares. */
const TOPS = ["/docs", "/data", "/box", "/more", "/rest"];
const NAMES = ["a", "b", "x/c", "x/d.txt", "e.tar.gz"];
/**
 * Milliseconds until a mirror is whole. One is not when its sharer took away what was just shared,
 * more than half of it at once: that waits for a yes, which nobody gives before trouble begins.
 */
const WHOLE_MS = 120_000;

export async function furnish({ peers, profile, random, site }: World): Promise<void> {
  const draw = random.fork("furnish");
  const { clock } = site;
  for (const [i, machine] of peers.entries()) {
    const folder = folderOf("one");
    await machine.byHand(async (user) => {
      for (let n = 0; n < profile.files; n++) await user.save(`${folder}/${nameOf(n)}`);
    });
    await machine.peer?.shares.share({ local: folder, path: parsePath(TOPS[i] ?? "/") });
    const bytes = machine.user.content();
    const { signal } = new AbortController();
    const path = parsePath(`/box${i}`);
    await machine.peer?.writer.putStream({ path, bytes: whole(bytes), signal });
  }
  for (const [i, machine] of peers.entries()) {
    const theirs = TOPS[(i + 1) % peers.length] ?? "/";
    await mirror(machine, { path: draw.chance(0.5) ? "/" : theirs, into: "three", clock });
    if (draw.chance(0.5)) await mirror(machine, { path: theirs, into: "four", clock });
  }
  site.trace.note("world", "furnished");
}

/** Files at keepers, some of them removed so long ago that the past ends in the midst of trouble. */
export async function furnishKept(world: World): Promise<void> {
  const draw = world.random.fork("furnish kept");
  const { signal } = new AbortController();
  const [first] = peopleOf(world);
  const { writer } = first?.peer ?? {};
  if (!first || !writer) return;
  const policy = { copies: 1 + draw.int(3), retentionMs: RETENTION_MS_MIN };
  await writer.setPolicy({ path: parsePath("/"), policy, signal });
  for (let n = 0; n < KEPT_FILES; n++) {
    const bytes = whole(first.user.content());
    const wish = { copies: 1 + draw.int(3), minCopies: 0 };
    await writer.putStream({ path: parsePath(`/kept${n}`), bytes, signal, wish });
  }
  const aged = Array.from({ length: KEPT_FILES }, (_, n) => n).filter(() => draw.chance(0.4));
  for (const n of aged) {
    await writer.remove({ path: parsePath(`/kept${n}`), recursive: false, signal });
  }
  if (draw.chance(0.4)) await sleepOver(world, draw.next() * 1.1 * RETENTION_MS_MIN);
  world.site.trace.note("world", "furnished with what is kept");
}

function nameOf(number: number): string {
  return NAMES[number] ?? `more ${number}`;
}

async function mirror(
  { peer }: PeerMachine,
  { path, into, clock }: { path: string; into: string; clock: Clock },
): Promise<void> {
  const late = new AbortController();
  const whole = new AbortController();
  const waiting = clock.sleep(WHOLE_MS, whole.signal).then(
    () => late.abort(new GoliathError("timeout", "not whole yet")),
    () => undefined,
  );
  try {
    const local = folderOf(into);
    await peer?.mirrors.mirror({ path: parsePath(path), local, signal: late.signal });
  } catch (error) {
    if (!late.signal.aborted) throw error;
  } finally {
    whole.abort();
    await waiting;
  }
}

async function* whole(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
