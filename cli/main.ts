import type { Command } from 'commander';
import { cicloProgram } from './overview.ts';
import { runProgram } from './program.ts';
import type { ExitCode } from './session/exit-codes.ts';
import type { Host } from './session/session.ts';
import type { Io } from './terminal/io.ts';

/**
 * The commands, in the order in which help lists them. A module is loaded when its command is asked for, so that a server
 * does not wait for what trains.
 */
const commands: Readonly<Record<string, () => Promise<(program: Command, host: Host) => void>>> = {
  run: async () => (await import('./commands/run.ts')).addRun,
  lock: async () => (await import('./commands/lock.ts')).addLock,
  prepare: async () => (await import('./commands/prepare.ts')).addPrepare,
  train: async () => (await import('./commands/train.ts')).addTrain,
  validate: async () => (await import('./commands/validate.ts')).addValidate,
  predict: async () => (await import('./commands/predict.ts')).addPredict,
  serve: async () => (await import('./commands/serve.ts')).addServe,
  deploy: async () => (await import('./commands/deploy.ts')).addDeploy,
  'drift-check': async () => (await import('./commands/drift-check.ts')).addDriftCheck,
  retrain: async () => (await import('./commands/retrain.ts')).addRetrain,
  replay: async () => (await import('./commands/replay.ts')).addReplay,
  site: async () => (await import('./commands/site.ts')).addSite,
  badge: async () => (await import('./commands/badge.ts')).addBadge,
  versions: async () => (await import('./commands/versions.ts')).addVersions,
  verify: async () => (await import('./commands/verify.ts')).addVerify,
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

/**
 * The program with the command that a command line asks for, or with all of them.
 *
 * @param first word of the command line; any that names no command stands for all.
 */
export async function createProgram(host: Host, first: string): Promise<Command> {
  const program = cicloProgram(host);
  const asked = Object.hasOwn(commands, first) ? [commands[first]!] : Object.values(commands);
  for (const load of asked) (await load())(program, host);
  return program;
}
