import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { exitCodeHelp } from './pipeline-help.ts';
import { emptyProgram, runProgram } from './program.ts';
import type { Host } from './session.ts';

/**
 * The commands, in the order in which help lists them. A module is loaded when its command is asked for, so that a server
 * does not wait for what trains.
 */
const commands: Readonly<Record<string, () => Promise<(program: Command, host: Host) => void>>> = {
  run: async () => (await import('./run.ts')).addRun,
  lock: async () => (await import('./lock.ts')).addLock,
  prepare: async () => (await import('./prepare.ts')).addPrepare,
  train: async () => (await import('./train.ts')).addTrain,
  validate: async () => (await import('./validate.ts')).addValidate,
  predict: async () => (await import('./predict.ts')).addPredict,
  serve: async () => (await import('./serve.ts')).addServe,
  deploy: async () => (await import('./deploy.ts')).addDeploy,
  'drift-check': async () => (await import('./drift-check.ts')).addDriftCheck,
  retrain: async () => (await import('./retrain.ts')).addRetrain,
  replay: async () => (await import('./replay.ts')).addReplay,
  site: async () => (await import('./site.ts')).addSite,
  versions: async () => (await import('./versions.ts')).addVersions,
  verify: async () => (await import('./verify.ts')).addVerify,
};

/**
 * Runs one command line.
 *
 * @param argv the words after `ciclo`.
 * @returns the exit code; nothing is thrown, whatever goes wrong.
 */
export function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const words = argv.length === 0 ? ['--help'] : argv;
  return runProgram((host) => createProgram(host, words[0]!), words, io);
}

/** @param first word of the command line: the command alone, or what concerns all of them. */
async function createProgram(host: Host, first: string): Promise<Command> {
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
  const asked = Object.hasOwn(commands, first) ? [commands[first]!] : Object.values(commands);
  for (const load of asked) (await load())(program, host);
  return program;
}
