/** The system's own events of a folder. */
import watcher from "@parcel/watcher";
import type { WatchFolder } from "@goliath/kit";

export const watchFolder: WatchFolder = async (folder, { onPaths, onError }) => {
  const subscription = await watcher.subscribe(folder, (error, events) => {
    if (error) onError(error);
    else onPaths(events.map(({ path }) => path));
  });
  return {
    // Where the disk is not mounted any more the system has ended the watches: there is no other fault.
    [Symbol.asyncDispose]: () => subscription.unsubscribe().catch(() => undefined),
  };
};
