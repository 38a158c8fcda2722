import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { processAmbient } from "./ambient.ts";
import { createProgram } from "./program.ts";
import { formatReference, withReference } from "./reference.ts";

const README = fileURLToPath(new URL("README.md", import.meta.url));

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

describe("README.md", () => {
  // After a change of a command: vitest run --project unit apps/peer/reference.test.ts -u
  it("has the reference that --help prints", async () => {
    const reference = formatReference(createProgram(processAmbient()));
    const now = await readFile(README, "utf8");
    await expect(withReference(now, reference)).toMatchFileSnapshot(README);
  });

  it("is refused where the marks are gone", () => {
    expect(() => withReference("nothing", "reference")).toThrow("marks");
  });
});

describe("createProgram", () => {
  it.each(
    leaves(createProgram(processAmbient())).map((command) => [command.name(), command] as const),
  )("says what %s prints and exits with, with an example", (_name, command) => {
    const help = formatReference(command);
    expect(help).toMatch(/\nPrints:\n {2}\S/u);
    expect(help).toMatch(/\nExamples?:\n {2}\S*.*goliath /u);
    expect(help).toMatch(/\nExit codes .*:\n {2}0 /u);
    expect(help).toContain("--json");
  });

  it("has every command of the design", () => {
    const names = createProgram(processAmbient()).commands.flatMap((command) =>
      leaves(command).map((leaf) =>
        leaf === command ? leaf.name() : `${command.name()} ${leaf.name()}`,
      ),
    );
    const wanted =
      "status peers ls stat find du log cat get put mkdir mv rm restore share unshare mirror unmirror append tail copies invite members revoke";
    expect(names).toEqual(expect.arrayContaining(wanted.split(" ")));
    const daemons = ["index start", "index backup", "index restore", "index check", "peer start"];
    expect(names).toEqual(expect.arrayContaining(daemons));
  });
});
