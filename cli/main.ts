import type { Command } from 'commander';
import { didYouMean } from '../shared/text/nearest-name.ts';
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
  init: async () => (await import('./commands/init.ts')).addInit,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctor,
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
  completion: async () => (await import('./commands/completion.ts')).addCompletion,
};

/** Commands that are about all the others, which are loaded with them. */
const aboutAll = new Set(['help', 'completion']);

/**
 * Runs one command line.
 *
 * @param argv the words after `ciclo`.
 * @returns the exit code; nothing is thrown, whatever goes wrong.
 */
export function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const words = argv.length === 0 ? ['--help'] : argv;
  return runProgram((host) => createProgram(host, words), words, io);
}

/**
 * The program with the command that a command line asks for, or with all of them.
 *
 * @param words of the command line, whose first says which command is wanted, or what concerns all of them.
 */
export async function createProgram(host: Host, [first = '', topic]: readonly string[]): Promise<Command> {
  const program = cicloProgram(host);
  const isOne = Object.hasOwn(commands, first) && !aboutAll.has(first);
  for (const load of isOne ? [commands[first]!] : Object.values(commands)) (await load())(program, host);
  if (first === 'help' && topic !== undefined) checkTopic(topic, program);
  return program;
}

/** Commander explains the whole program where it does not know the command that help is asked for. */
function checkTopic(topic: string, program: Command): void {
  const known = [...Object.keys(commands), 'help'];
  if (topic.startsWith('-') || known.includes(topic)) return;
  program.error(`error: unknown command '${topic}'${didYouMean(topic, known) || '; ciclo help lists all'}`);
}
