/** What could stand where the cursor is. */
import type { Argument, Command, Option } from "commander";
import { ROLES } from "@goliath/protocols/nouns";
import { unquote } from "./unquote.ts";

export interface Completion {
  candidates: string[];
  /** Whether local files fit as well: the shell knows those best. */
  files: boolean;
}

export interface CompleteInit {
  program: Command;
  /** The words after `goliath`, the last one as far as it is typed; quotes as typed. */
  words: readonly string[];
  /** Paths of the drive that begin with a text; none when no peer answers. */
  drivePaths: (prefix: string) => Promise<string[]>;
}

const NOTHING: Completion = { candidates: [], files: false };

export async function complete({ program, words, drivePaths }: CompleteInit): Promise<Completion> {
  const typed = words.map(unquote);
  const current = typed.at(-1) ?? "";
  const place = locate(program, typed.slice(0, -1));
  if (place.awaiting) return valuesOf(place.awaiting, { current, drivePaths });
  if (current.startsWith("-") && !place.optionsEnded) return optionsOf(place.command, current);
  const children = place.command.commands.map((child) => child.name());
  if (children.length > 0) return { candidates: matching(children, current), files: false };
  const wanted = argumentAt(place.command, place.position);
  return wanted ? argumentValues(wanted, { current, program, drivePaths }) : NOTHING;
}

interface Place {
  command: Command;
  /** How many arguments stand before the cursor. */
  position: number;
  /** The option whose value is being typed. */
  awaiting?: Option | undefined;
  optionsEnded: boolean;
}

function locate(program: Command, before: readonly string[]): Place {
  const place: Place = { command: program, position: 0, optionsEnded: false };
  for (const word of before) {
    if (place.awaiting) place.awaiting = undefined;
    else if (place.optionsEnded || !word.startsWith("-") || word === "-") enter(place, word);
    else if (word === "--") place.optionsEnded = true;
    else place.awaiting = awaitedBy(place.command, word);
  }
  return place;
}

function enter(place: Place, word: string): void {
  const child = place.command.commands.find((candidate) => candidate.name() === word);
  if (child) place.command = child;
  else place.position++;
}

function allOptions(command: Command): Option[] {
  const above = command.parent ? allOptions(command.parent) : [];
  return [...command.options, ...above];
}

function awaitedBy(command: Command, word: string): Option | undefined {
  const option = allOptions(command).find(({ short, long }) => word === short || word === long);
  return option?.required ? option : undefined;
}

function optionsOf(command: Command, current: string): Completion {
  const names = allOptions(command).flatMap(({ long }) => (long ? [long] : []));
  return { candidates: matching([...new Set([...names, "--help"])], current), files: false };
}

/** A value's name says what it is, as an argument's does. */
async function valuesOf(
  option: Option,
  { current, drivePaths }: Pick<ArgumentInit, "current" | "drivePaths">,
): Promise<Completion> {
  if (option.flags.includes("</path>"))
    return { candidates: await drivePaths(current === "" ? "/" : current), files: false };
  if (option.long === "--role") return { candidates: matching(ROLES, current), files: false };
  return { candidates: [], files: option.long === "--home" };
}

function argumentAt(command: Command, position: number): Argument | undefined {
  const all = command.registeredArguments;
  const last = all.at(-1);
  return all[position] ?? (last?.variadic ? last : undefined);
}

interface ArgumentInit {
  current: string;
  program: Command;
  drivePaths: CompleteInit["drivePaths"];
}

/** An argument's name says what it is: `/…` is a path of the drive, `local` a file on this disk. */
async function argumentValues(wanted: Argument, init: ArgumentInit): Promise<Completion> {
  const { current, program, drivePaths } = init;
  const name = wanted.name();
  if (wanted.argChoices) return { candidates: matching(wanted.argChoices, current), files: false };
  if (name === "topic") {
    return {
      candidates: matching(
        program.commands.map((command) => command.name()),
        current,
      ),
      files: false,
    };
  }
  const onDrive = name.includes("/") && (current === "" || current.startsWith("/"));
  const candidates = onDrive ? await drivePaths(current === "" ? "/" : current) : [];
  return { candidates, files: /local|^to$|^from$/u.test(name) };
}

function matching(all: readonly string[], current: string): string[] {
  return all.filter((candidate) => candidate.startsWith(current));
}
