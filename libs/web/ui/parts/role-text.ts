/** What a role is called, and what it lets one do. */
import type { Role } from "@goliath/protocols/nouns";

/** From the least to the most. */
export const ROLES = ["reader", "writer", "admin"] as const satisfies Role[];

export const ROLE_NAMES: Record<Role, string> = {
  reader: "Reader",
  writer: "Writer",
  admin: "Admin",
};

export const ROLE_TEXTS: Record<Role, string> = {
  reader: "Reads everything in the drive. Changes nothing.",
  writer: "Reads everything, adds and changes files, and shares folders.",
  admin: "May do all that writers may, invite others and shut them out.",
};
