import type { Command } from 'commander';
import { addDeploy } from './deploy.ts';
import { addDriftCheck } from './drift-check.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { addLock } from './lock.ts';
import { exitCodeHelp } from './pipeline-help.ts';
import { addPredict } from './predict.ts';
import { addPrepare } from './prepare.ts';
import { emptyProgram, runProgram } from './program.ts';
import { addReplay } from './replay.ts';
import { addRetrain } from './retrain.ts';
import { addRun } from './run.ts';
import { addServe } from './serve.ts';
import type { Host } from './session.ts';
import { addSite } from './site.ts';
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
export function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  return runProgram(createProgram, argv.length === 0 ? ['--help'] : argv, io);
}

function createProgram(host: Host): Command {
  const program = emptyProgram('ciclo', host)
    .description(
      'The lifecycle of a tabular model, declared in one file (ciclo.yml) and kept in an ordinary repository.',
    )
    .helpCommand('help [command]', 'explain a command')
    .addHelpText(
      'after',
      [
        '',
        'A model from nothing:',
        '  ciclo run                 prepare, train, validate: what ./ciclo.yml declares',
        '  ciclo predict rows.csv    predict with the model that came out',
        '  ciclo deploy              make it a version, if validation let it pass',
        '  ciclo drift-check         has the data changed since?',
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
  addDriftCheck(program, host);
  addRetrain(program, host);
  addReplay(program, host);
  addSite(program, host);
  addVersions(program, host);
  addVerify(program, host);
  return program;
}
