import { Argument, type Command } from 'commander';
import type { Host } from '../session/session.ts';
import {
  type CompletedCommand,
  completionScript,
  type Shell,
  shells,
} from '../terminal/completion-script.ts';
import { helpAfter } from './pipeline-help.ts';

/** `ciclo completion`: prints the script by which a shell completes its command lines. */
export function addCompletion(program: Command, host: Host): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'bash or zsh').choices(shells))
    .summary('print the script that completes command lines')
    .description('Prints a script by which bash or zsh completes commands and options of ciclo.')
    .addHelpText(
      'after',
      helpAfter({
        reads: 'nothing',
        writes: 'nothing',
        examples: [
          'eval "$(ciclo completion bash)"      in ~/.bashrc',
          'eval "$(ciclo completion zsh)"       in ~/.zshrc, after compinit',
        ],
      }),
    )
    .action((shell: Shell) => {
      host.io.stdout.write(completionScript(shell, program.name(), completed(program)));
    });
}

/** The commands of a program with their options, as they are declared. */
function completed(program: Command): CompletedCommand[] {
  return program.commands
    .filter((command) => command.name() !== 'help')
    .map((command) => ({
      name: command.name(),
      summary: command.summary(),
      options: [
        ...command.options.flatMap(({ long, description, argChoices = [] }) =>
          long ? [{ flag: long, description, values: argChoices }] : [],
        ),
        { flag: '--help', description: 'explain the command', values: [] },
      ],
    }));
}
