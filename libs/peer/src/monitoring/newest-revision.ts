/** The drive's newest revision, as far as this peer can know it. */
import type { IndexLink } from "../parts.ts";

/** The newest revision, or the last one heard of while the index is away. */
export async function newestRevision(link: IndexLink, signal: AbortSignal): Promise<number> {
  const known = link.info()?.revision ?? 0;
  if (!link.connected()) return known;
  return link.service.drive({ signal }).then(
    ({ revision }) => revision,
    () => known,
  );
}
