import { Command } from 'commander';
import { cicloVersion } from '../shared/platform/version.ts';
import type { ErrorJson } from './json/json-output.ts';
import { type ExitCode, exitCodes } from './session/exit-codes.ts';
import { type Failure, failureOf } from './session/failure.ts';
import type { Host } from './session/session.ts';
import type { Io } from './terminal/io.ts';
import { createStyle, wantsColour } from './terminal/style.ts';
import { widthOf } from './terminal/terminal.ts';

/**
 * Runs one command line of a program.
 *
 * @param argv the words after the program's name.
 * @returns the exit code; nothing is thrown, whatever goes wrong.
 */
export async function runProgram(
  create: (host: Host) => Command | Promise<Command>,
  argv: readonly string[],
  io: Io,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const host: Host = {
    io,
    exit: (value) => {
      code = value;
    },
  };
  try {
    const program = await create(host);
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    const failure = failureOf(error, argv);
    reportFailure(failure, argv, io);
    return failure.code;
  }
}

/** A program without commands that writes to the streams that it is given, and ends nothing itself. */
export function emptyProgram(name: string, { io }: Host): Command {
  const outColour = wantsColour(io.stdout, io.environment);
  const style = createStyle(true);
  return new Command(name)
    .version(cicloVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => widthOf(io.stdout),
      getErrHelpWidth: () => widthOf(io.stderr),
      getOutHasColors: () => outColour,
      getErrHasColors: () => wantsColour(io.stderr, io.environment),
    })
    .configureHelp({ styleTitle: style.bold, styleCommandText: style.accent });
}

/** One message on stderr; with `--json` also an object on stdout, so that its reader always finds one. */
function reportFailure(failure: Failure, argv: readonly string[], io: Io): void {
  if (failure.code === exitCodes.done) return;
  if (failure.text !== '') io.stderr.write(`${coloured(failure.text, io)}\n`);
  if (!argv.includes('--json')) return;
  const { kind, message } = failure;
  const object: ErrorJson = { error: { kind, message } };
  io.stdout.write(`${JSON.stringify(object, null, 2)}\n`);
}

function coloured(text: string, io: Io): string {
  const style = createStyle(wantsColour(io.stderr, io.environment));
  return text.replace(/^error:/, style.bold(style.bad('error:')));
}
