/** Roles as numbers on the wire. Append-only: never renumber. 0 is no role. */
import { GoliathError, type Role } from "../nouns/exports.ts";

const NUMBER_OF = { reader: 1, writer: 2, admin: 3 } as const satisfies Record<Role, number>;

export function toRoleNumber(role: Role): number {
  return NUMBER_OF[role];
}

/** Throws `bad-request` for a number that is no role. */
export function fromRoleNumber(number: number): Role {
  for (const [role, known] of Object.entries(NUMBER_OF)) if (known === number) return role as Role;
  throw new GoliathError("bad-request", "an unknown role");
}
