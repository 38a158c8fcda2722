/** What a mirror has placed: entered only once the names it rests on are on the disk. */
import type { PlacedChunks } from "@goliath/chunks";
import type { NotedDisk } from "./noted-disk.ts";

/** What a mirror needs of the registry of placed files. */
export type Places = Pick<PlacedChunks, "placed" | "list" | "place" | "withdraw" | "moved">;

export function syncedPlaces(placed: Places, { disk }: { disk: NotedDisk }): Places {
  return {
    placed: (path) => placed.placed(path),
    list: (under, options) => placed.list(under, options),
    withdraw: (paths) => placed.withdraw(paths),
    place: async (files) => {
      await disk.syncNames();
      await placed.place(files);
    },
    moved: async (from, to) => {
      await disk.syncNames();
      await placed.moved(from, to);
    },
  };
}
