// What `ciclo` says of itself, without loading any command: its help and its version.
import type { Command } from 'commander';
import { commandList } from './command-list.ts';
import { exitCodeHelp } from './commands/pipeline-help.ts';
import { emptyProgram, runProgram } from './program.ts';
import type { ExitCode } from './session/exit-codes.ts';
import type { Host } from './session/session.ts';
import type { Io } from './terminal/io.ts';
import { ignoreClosedPipes, processIo } from './terminal/process-io.ts';

/** The program before its commands are added. */
export function cicloProgram(host: Host): Command {
  return emptyProgram('ciclo', host)
    .description(
      'The lifecycle of a tabular model, declared in one file (ciclo.yml) and kept in an ordinary repository.',
    )
    .helpCommand('help [command]', 'explain a command')
    .addHelpText(
      'after',
      [
        '',
        'A model from nothing:',
        '  ciclo init data.csv       look at the data, write ciclo.yml and the workflows',
        '  ciclo run                 prepare, train, validate: what ./ciclo.yml declares',
        '  ciclo predict rows.csv    predict with the model that came out',
        '  ciclo deploy              make it a version, if validation let it pass',
        '  ciclo drift-check         has the data changed since?',
        '  ciclo lock                take in new data, after looking at what changes',
        exitCodeHelp(
          'something was found, such as a failed verdict, drift or an outdated lock; each command says what',
        ),
      ].join('\n'),
    );
}

/** Answers `--help`, `-h`, `help`, `--version` and `-V` as the whole program does, from the list of its commands. */
export function overview(argv: readonly string[], io: Io): Promise<ExitCode> {
  const create = (host: Host): Command => {
    const program = cicloProgram(host);
    for (const { term, summary } of commandList) program.command(term).summary(summary);
    return program;
  };
  return runProgram(create, argv, io);
}

/** As the package starts it: a bundle of its own, which the launcher loads in place of the commands. */
export async function runOverview(argv: readonly string[]): Promise<void> {
  ignoreClosedPipes();
  process.exitCode = await overview(argv, processIo());
}
