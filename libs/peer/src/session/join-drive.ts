/** The first meeting with an index: shows the invite, learns the drive, keeps the pass. */
import { withDeadline, type Clock } from "@goliath/kit";
import type { Network } from "@goliath/net";
import {
  INDEX_BOUNDS,
  INDEX_PROTOCOL,
  IndexClient,
  type DriveInfo,
} from "@goliath/protocols/index";
import { greet } from "@goliath/protocols/pass";
import { GoliathError } from "@goliath/protocols/nouns";
import { FrameStream } from "@goliath/protocols/wire";
import { HANDSHAKE_TIMEOUT_MS, type Admission } from "./admission.ts";
import type { Credentials } from "./credentials.ts";

export interface JoinDriveInit {
  network: Network;
  credentials: Credentials;
  admission: Admission;
  clock: Clock;
  signal?: AbortSignal;
}

/** What the drive is, from an earlier meeting or from the index now. Throws `bad-invite`, `unavailable`. */
export async function joinDrive({
  network,
  credentials,
  admission,
  clock,
  signal,
}: JoinDriveInit): Promise<DriveInfo> {
  const { info, pass, index, addresses } = credentials;
  if (info !== undefined && pass) return JSON.parse(info) as DriveInfo;
  if (!index)
    throw new GoliathError("no-pass", "this home has not joined a drive: give --join LINK");
  await network.learn(index, addresses);
  const frames = new FrameStream(
    await network.open(index, INDEX_PROTOCOL, signal ? { signal } : {}),
    INDEX_BOUNDS,
  );
  try {
    const limit = { clock, timeoutMs: HANDSHAKE_TIMEOUT_MS };
    const shown = withDeadline(limit, (late) => greet(frames, admission.hello(), { signal: late }));
    credentials.admit(await shown, { index, peer: network.peerId });
    const client = new IndexClient(frames);
    const drive = await client.drive(signal ? { signal } : {});
    credentials.info = JSON.stringify(drive);
    return drive;
  } finally {
    frames.abort(new GoliathError("closed", "the first meeting is over"));
  }
}
