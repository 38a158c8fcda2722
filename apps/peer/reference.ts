/** The command reference in the README: what `--help` says, of every command. */
import type { Command } from "commander";
import { helpText } from "./commands/help.ts";

const BEGIN = "<!-- The reference begins: it is what --help prints, and a test keeps it so. -->";
const END = "<!-- The reference ends. -->";

/** Markdown: a heading and the help of each command, in the order of the list of commands. */
export function formatReference(program: Command): string {
  return [program, ...program.commands.flatMap(leaves)].map(section).join("\n");
}

/** The README with its reference replaced. Throws where it has no place for one. */
export function withReference(readme: string, reference: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error("the README has lost the marks of its reference");
  return `${readme.slice(0, begin)}${BEGIN}\n\n${reference}\n${readme.slice(end)}`;
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function section(command: Command): string {
  const help = helpText(command).replace(/^ +$/gmu, "").trimEnd();
  return `### ${nameOf(command)}\n\n\`\`\`\n${help}\n\`\`\`\n`;
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}
