/** `goliath completion` */
import { Argument, type Command } from "commander";
import type { Cli } from "../cli.ts";
import { createCommand } from "../command.ts";
import { COMPLETION_SCRIPTS, type Shell } from "../completion/scripts.ts";

export function completionCommand(cli: Cli): Command {
  const shells = Object.keys(COMPLETION_SCRIPTS);
  return createCommand("completion", {
    summary: "Print the completion script of a shell",
    description:
      "Prints a script that completes commands, options, local files, and paths of the drive by asking the peer.",
    prints: "The script.",
    examples: [
      "source <(goliath completion bash)      in ~/.bashrc",
      "source <(goliath completion zsh)       in ~/.zshrc, after compinit",
      "goliath completion fish > ~/.config/fish/completions/goliath.fish",
    ],
  })
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .action((shell: Shell, _options: object, self: Command) =>
      cli.run(self, ({ out }) => out.write(COMPLETION_SCRIPTS[shell])),
    );
}
