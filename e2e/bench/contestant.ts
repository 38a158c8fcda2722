/** A program that brings files from one machine to another, as a bench sees it. */

/** Two machines' worth of one program: A and B run, know each other, and are idle. */
export interface Pair extends AsyncDisposable {
  /** The processes at work, each with all it starts. */
  roots(): number[];
  /**
   * Publishes the folder on A; resolves once all of it is verified and on B's disk. Returns the CPU
   * seconds of processes that came and went meanwhile. A program that follows goes on following.
   */
  transfer(source: string): Promise<number>;
}

export interface Contestant {
  name: string;
  /** Whether B follows what changes in A's folder afterwards. */
  follows: boolean;
  /** Why it cannot take part here; undefined where it can. */
  missing(): Promise<string | undefined>;
  /** `folder` is fresh, for the program's own files; `target` is where B puts what it gets. */
  open(folder: string, target: string): Promise<Pair>;
}
