/** `goliath members`, `goliath invite`, `goliath revoke` */
import { InvalidArgumentError, Option, type Command } from "commander";
import { isRole, parsePeerId, ROLES, type Role } from "@goliath/protocols/nouns";
import { parseDuration } from "../arguments/duration.ts";
import { parseCount } from "../arguments/whole-number.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand } from "../command.ts";
import { printable } from "../output/printable.ts";
import { formatMany, formatTime } from "../output/show.ts";

const INDEX_OPTION = [
  "--index",
  "ask the index of this home, although a peer runs in it too",
  false,
] as const;
/** A week: long enough to reach somebody, short enough to be forgotten safely. */
const EXPIRES_DEFAULT = "7d";

const COLUMNS = [
  { title: "PEER" },
  { title: "NAME" },
  { title: "ROLE" },
  { title: "JOINED" },
  { title: "STATE" },
];

export function membersCommand(cli: Cli): Command {
  return createCommand("members", {
    summary: "List who may use the drive",
    prints:
      "A row per member: peer id, name, role, since when, active or revoked.\n--json: an array.",
    examples: ["goliath members"],
    exits: ["refused", "unavailable"],
  })
    .option(...INDEX_OPTION)
    .action((options: { index: boolean }, self: Command) =>
      cli.run(self, (run) => members(run, options)),
    );
}

async function members({ daemon, out }: Run, options: { index: boolean }): Promise<void> {
  await out.result(await daemon.shared("members", {}, options), (all) =>
    out
      .table(COLUMNS)
      .lines(
        all.map((member) => [
          member.peer,
          member.name,
          member.role,
          out.show.time(member.joinedAt),
          member.revoked ? "revoked" : "active",
        ]),
      ),
  );
}

interface InviteOptions {
  role: Role;
  expires: number;
  uses: number;
  index: boolean;
}

export function inviteCommand(cli: Cli): Command {
  return createCommand("invite", {
    summary: "Make a link that lets somebody join",
    description:
      "Makes a link with an invite in it. Whoever has the link can join until it expires or is used up: " +
      "send it to the right person only. Admins alone can invite.",
    prints:
      "The link; on a terminal also how it is used.\n--json: an object with link, role, expiresAt and uses.",
    examples: ["goliath invite", "goliath invite --role writer --expires 12h --uses 3"],
    exits: ["refused", "unavailable"],
  })
    .option(
      "--role <role>",
      `what the guest may do: ${ROLES.join(", ")}`,
      parseRole,
      "reader" as Role,
    )
    .addOption(
      new Option("--expires <span>", "how long it can be used: 30m, 12h, 7d")
        .argParser(argument(parseDuration))
        .default(parseDuration(EXPIRES_DEFAULT), EXPIRES_DEFAULT),
    )
    .option("--uses <n>", "how many peers can join with it", argument(parseCount), 1)
    .option(...INDEX_OPTION)
    .action((options: InviteOptions, self: Command) =>
      cli.run(self, (run) => invite(run, options)),
    );
}

async function invite(
  { daemon, out }: Run,
  { role, expires, uses, index }: InviteOptions,
): Promise<void> {
  const invited = await daemon.shared("invite", { role, expiresInMs: expires, uses }, { index });
  await out.result(invited, ({ link }) => [printable(link)]);
  if (!out.human) return;
  out.note(
    `Good for ${formatMany(invited.uses, "peer")} as ${invited.role} until ${formatTime(invited.expiresAt)}. On the other machine:`,
  );
  out.note("  goliath peer start --join LINK");
}

export function revokeCommand(cli: Cli): Command {
  return createCommand("revoke", {
    summary: "End somebody's membership at once",
    description:
      "Ends the membership of a peer: its streams end now, and no peer serves it any more. What it has " +
      "on its own disk stays there. Admins alone can revoke.",
    prints: "Nothing.\n--json: {}",
    examples: ["goliath revoke 12D3KooWGRUG7Z9cEcQwkPYVCJ5tAXtTrFcDyfyHvKqGeUFJTTG9"],
    exits: ["not-found", "refused", "unavailable"],
  })
    .argument("<peer>", "the peer's id, as `goliath members` shows it", argument(parsePeerId))
    .option(...INDEX_OPTION)
    .action((peer: string, options: { index: boolean }, self: Command) =>
      cli.run(self, async ({ daemon, out }) => {
        await out.result(await daemon.shared("revoke", { peer }, options), () => []);
        out.note("Revoked.");
      }),
    );
}

function parseRole(text: string): Role {
  if (isRole(text)) return text;
  throw new InvalidArgumentError(`"${text}" is no role: ${ROLES.join(", ")}`);
}
