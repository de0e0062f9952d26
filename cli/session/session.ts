// What every command starts from: folders, logger, code host; and how it ends: exit codes and failures.
import { Worker } from 'node:worker_threads';
import { type Command, Option } from 'commander';
import type { Pipeline } from '../../actions/pipeline/pipeline.ts';
import type { VerbPorts } from '../../actions/ports.ts';
import { threadFile } from '../../shared/platform/thread-file.ts';
import type { Io } from '../terminal/io.ts';
import { createTerminal, type Terminal } from '../terminal/terminal.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { findConfig, pathFrom } from './paths.ts';

/** Flags that every command has. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** Flags of the commands that read ciclo.yml and write into the run directory. */
export interface PipelineFlags extends CommonFlags {
  readonly config?: string;
  readonly output?: string;
  readonly exitCode?: boolean;
}

/** What the verbs of a command start from. */
export interface PipelineInputs {
  readonly pipeline: Pipeline;
  /** The run directory that `--output` names. */
  readonly output?: string;
}

/** What a command's work is given. */
export interface Session {
  readonly io: Io;
  readonly terminal: Terminal;
  readonly ports: VerbPorts;
  readonly json: boolean;
  /** A path of the command line's, resolved. */
  path(given: string): string;
  /** The pipeline, loaded once for the command, and the run directory, as the verbs take them. */
  pipeline(flags: PipelineFlags): Promise<PipelineInputs>;
  /** Prints the command's one JSON object. */
  emit(result: object): Promise<void>;
}

/** Where commands are added, and how they tell what the process ends with. */
export interface Host {
  readonly io: Io;
  exit(code: ExitCode): void;
}

/** Runs a command's work in a session, and takes the live line away whatever happens. */
export async function inSession(
  host: Host,
  flags: CommonFlags,
  work: (session: Session) => Promise<ExitCode>,
): Promise<void> {
  const { io } = host;
  const json = flags.json === true;
  const terminal = createTerminal(io, { json, verbose: flags.verbose === true, quiet: flags.quiet === true });
  const path = (given: string): string => pathFrom(io.cwd, given);
  let unfinished: string | undefined;
  const session: Session = {
    io,
    terminal,
    json,
    ports: {
      logger: terminal.logger,
      clock: io.clock,
      environment: io.environment,
      packageFolders: [io.cwd],
      startTrainingThread,
    },
    path,
    pipeline: async (given) => {
      const pipeline = await openPipeline(io.cwd, given.config);
      const output = given.output === undefined ? undefined : path(given.output);
      const { runDirectoryOf } = await import('../../actions/pipeline/pipeline.ts');
      unfinished = runDirectoryOf(pipeline, output);
      io.unfinished.add(unfinished);
      return { pipeline, ...(output === undefined ? {} : { output }) };
    },
    emit: async (result) => {
      await terminal.data(`${JSON.stringify(result, null, 2)}\n`);
    },
  };
  try {
    host.exit(await work(session));
  } finally {
    terminal.clear();
    if (unfinished !== undefined) io.unfinished.delete(unfinished);
  }
}

function startTrainingThread(): Worker {
  return new Worker(threadFile('../../actions/train/threads/candidate-worker', import.meta.url));
}

/** Finds and loads the pipeline that `--config` names, or the one in the current folder. */
export async function openPipeline(cwd: string, given: string | undefined): Promise<Pipeline> {
  const pipeline = await openRenamed(cwd, given);
  const { checkPinnedName } = await import('../../actions/pipeline/pipeline.ts');
  checkPinnedName(pipeline);
  return pipeline;
}

/** As {@link openPipeline}, for the command that accepts another name than the lock's. */
export async function openRenamed(cwd: string, given: string | undefined): Promise<Pipeline> {
  const config = await findConfig(cwd, given);
  // Loaded here, so that help need not wait for it.
  const { loadPipeline } = await import('../../actions/pipeline/pipeline.ts');
  const { checkNamesakes } = await import('../../actions/pipeline/namesake.ts');
  const pipeline = await loadPipeline(config);
  await checkNamesakes(pipeline);
  return pipeline;
}

/** Adds `--json`, `--verbose` and `--quiet`. */
export function addCommonFlags(command: Command): Command {
  return command
    .option('--json', 'print one JSON object on stdout, everything else on stderr')
    .addOption(new Option('-v, --verbose', 'say more about what is done').conflicts('quiet'))
    .option('-q, --quiet', 'say nothing but warnings and errors');
}

/** Adds `--config` and `--output`. */
export function addPipelineFlags(command: Command): Command {
  return command
    .option('-c, --config <file>', 'the configuration (default: ./ciclo.yml)')
    .option('-o, --output <folder>', 'the run directory (default: .ciclo beside the configuration)');
}

/** Adds `--exit-code`, whose rule is the same for all commands. */
export function addExitCodeFlag(command: Command, what: string): Command {
  return command.option('--exit-code', `exit with 1 when ${what}`);
}

/** The exit code of a command that may have found something. */
export function foundCode(found: boolean, flags: { readonly exitCode?: boolean }): ExitCode {
  return found && flags.exitCode ? exitCodes.found : exitCodes.done;
}
