/** Files and folders that were dropped, as files with the names that lead to them. */

/** More at once would not fit in the list of a page: a folder of this size is better shared. */
const FILES_MAX = 10_000;

export interface PickedFile {
  file: File;
  /** From where it was dropped: its folders, then its own. */
  names: string[];
}

/** Must be called while the drop is handled: the browser empties it afterwards. */
export async function droppedFiles(transfer: DataTransfer): Promise<PickedFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const files = [...transfer.files];
  if (entries.every((entry) => entry === null))
    return files.map((file) => ({ file, names: [file.name] }));
  const found: PickedFile[] = [];
  for (const entry of entries) if (entry) await collect(entry, [], found);
  return found;
}

async function collect(
  entry: FileSystemEntry,
  above: string[],
  found: PickedFile[],
): Promise<void> {
  const names = [...above, entry.name];
  if (isFile(entry)) {
    if (found.length === FILES_MAX)
      throw new Error(`More than ${FILES_MAX} files at once: share the folder instead.`);
    found.push({ file: await fileOf(entry), names });
    return;
  }
  for await (const child of childrenOf(entry as FileSystemDirectoryEntry))
    await collect(child, names, found);
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives some entries at a time, and none at the end. */
async function* childrenOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    yield* some;
  }
}
