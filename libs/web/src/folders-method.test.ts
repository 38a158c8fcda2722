import { mkdir, realpath, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openTestWeb } from "./testing/test-web.ts";

it("folders names the folders of a folder, and no file", async () => {
  await using web = await openTestWeb();
  const home = await realpath(web.ui);
  for (const name of ["b10", "b2", ".hidden"]) await mkdir(join(home, name));
  await writeFile(join(home, "file"), "x");
  expect(await web.call("folders", { local: `${home}/assets/..` })).toEqual([
    {
      result: {
        local: home,
        parent: join(home, ".."),
        folders: expect.arrayContaining([".hidden", "assets", "b2", "b10"]),
        writable: true,
        more: false,
      },
    },
  ]);
  expect(await web.call("folders")).toMatchObject([
    { result: { local: await realpath(homedir()) } },
  ]);
});

it.each([
  ["/nowhere-at-all", "not-found"],
  ["relative", "bad-request"],
  ["/a\0b", "bad-request"],
  ["/etc/passwd", "not-a-directory"],
])("folders refuses %j with a code", async (local, code) => {
  await using web = await openTestWeb();
  expect(await web.call("folders", { local })).toMatchObject([{ error: { code } }]);
});
