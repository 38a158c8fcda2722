/** Lets the browser save files of the drive. */
import type { At } from "../api/methods.ts";
import type { Session } from "../shell/session.ts";

/** Between two, so that the browser takes each for one of its own. */
const APART_MS = 400;

export async function download(
  { client, clock, notices }: Session,
  files: readonly { path: string; at: number | undefined }[],
): Promise<void> {
  for (const [index, { path, at }] of files.entries()) {
    const params: At & { download: true } = {
      path,
      download: true,
      ...(at !== undefined && { at }),
    };
    try {
      const { url } = await client.call("ticket", params);
      if (index > 0) await clock.sleep(APART_MS);
      save(url);
    } catch (thrown) {
      notices.failed("It could not be downloaded.", thrown);
      return;
    }
  }
}

function save(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}
