import { Command } from 'commander';
import { cicloVersion } from '../shared/platform/version.ts';
import { addDeploy } from './deploy.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type Failure, failureOf } from './failure.ts';
import type { Io } from './io.ts';
import type { ErrorJson } from './json-output.ts';
import { addLock } from './lock.ts';
import { exitCodeHelp } from './pipeline-help.ts';
import { addPredict } from './predict.ts';
import { addPrepare } from './prepare.ts';
import { addRun } from './run.ts';
import { addServe } from './serve.ts';
import type { Host } from './session.ts';
import { createStyle, wantsColour } from './style.ts';
import { widthOf } from './terminal.ts';
import { addTrain } from './train.ts';
import { addValidate } from './validate.ts';
import { addVerify } from './verify.ts';
import { addVersions } from './versions.ts';

/**
 * Runs one command line.
 *
 * @param argv the words after `ciclo`.
 * @returns the exit code; nothing is thrown, whatever goes wrong.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const host: Host = {
    io,
    exit: (value) => {
      code = value;
    },
  };
  try {
    const words = argv.length === 0 ? ['--help'] : [...argv];
    await createProgram(host).parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    const failure = failureOf(error, argv);
    reportFailure(failure, argv, io);
    return failure.code;
  }
}

function createProgram(host: Host): Command {
  const { io } = host;
  const program = new Command('ciclo');
  const outColour = wantsColour(io.stdout, io.environment);
  const style = createStyle(true);
  program
    .description(
      'The lifecycle of a tabular model, declared in one file (ciclo.yml) and kept in an ordinary repository.',
    )
    .version(cicloVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .helpCommand('help [command]', 'explain a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => widthOf(io.stdout),
      getErrHelpWidth: () => widthOf(io.stderr),
      getOutHasColors: () => outColour,
      getErrHasColors: () => wantsColour(io.stderr, io.environment),
    })
    .configureHelp({ styleTitle: style.bold, styleCommandText: style.accent })
    .addHelpText(
      'after',
      [
        '',
        'A model from nothing:',
        '  ciclo run                 prepare, train, validate: what ./ciclo.yml declares',
        '  ciclo predict rows.csv    predict with the model that came out',
        '  ciclo deploy              make it a version, if validation let it pass',
        '  ciclo lock                take in new data, after looking at what changes',
        exitCodeHelp('a failed verdict or quality check, or an outdated lock'),
      ].join('\n'),
    );
  addRun(program, host);
  addLock(program, host);
  addPrepare(program, host);
  addTrain(program, host);
  addValidate(program, host);
  addPredict(program, host);
  addServe(program, host);
  addDeploy(program, host);
  addVersions(program, host);
  addVerify(program, host);
  return program;
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
