import { expect, it } from "vitest";
import { allows, isRole, ROLES } from "./role.ts";

it("allows what the role and those below it may do", () => {
  const table = ROLES.map((role) => ROLES.map((wanted) => allows(role, wanted)));
  expect(table).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});

it("isRole takes the roles and nothing else", () => {
  expect([...ROLES, "owner", "", undefined, 1].filter(isRole)).toEqual([...ROLES]);
});
