/** Being told where in a folder something may have changed. */

export interface WatchListener {
  /** Absolute paths at which to look. */
  onPaths: (paths: string[]) => void;
  /** Events were lost, or none will come any more: only looking at everything helps. */
  onError: (error: Error) => void;
}

/** Rejects when the folder cannot be watched: too many watches, or no support. */
export type WatchFolder = (folder: string, listener: WatchListener) => Promise<AsyncDisposable>;
