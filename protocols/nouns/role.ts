/** Roles: a reader reads, a writer also commits, an admin also invites and revokes. */
export const ROLES = ["reader", "writer", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Whether `role` may do what needs `wanted`. */
export function allows(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

export function isRole(text: unknown): text is Role {
  return ROLES.some((role) => role === text);
}
