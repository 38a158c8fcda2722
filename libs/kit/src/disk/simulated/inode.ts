/** What a name on a simulated disk stands for. */
import type { FileContent } from "./file-content.ts";
import type { SimulatedDatabase } from "./simulated-database.ts";

/** What is known of an inode besides its bytes. */
export interface InodeFacts {
  mode: number;
  mtimeNs: bigint;
  ctimeNs: bigint;
}

interface AnyInode {
  number: bigint;
  readonly device: bigint;
  readonly birthNs: bigint;
  facts: InodeFacts;
  /** As a power cut would find them. */
  syncedFacts: InodeFacts;
  /** Names that lead here; a directory counts as one. */
  links: number;
  /** Handles that keep it alive without a name. */
  opened: number;
}

export interface FileInode extends AnyInode {
  kind: "file";
  content: FileContent;
  /** The file is an open database, whose bytes are in here. */
  database?: SimulatedDatabase | undefined;
}

export interface DirectoryInode extends AnyInode {
  kind: "directory";
  entries: Map<string, Inode>;
  /** As a power cut would find them. */
  syncedEntries: Map<string, Inode>;
}

export interface LinkInode extends AnyInode {
  kind: "link";
  target: string;
}

export type Inode = FileInode | DirectoryInode | LinkInode;
