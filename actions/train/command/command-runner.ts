// Commands as processes: rows written for them, what they wrote read.

import { mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoadedConfig } from '../../../shared/config/load.ts';
import type { Table } from '../../../shared/dataset/table/table.ts';
import { outputFiles } from '../../../shared/model/command/command-output.ts';
import type {
  CommandOutput,
  CommandPort,
  CommandRequest,
} from '../../../shared/model/command/command-port.ts';
import { commandEnvironment } from '../../../shared/model/command/variables.ts';
import { ConfigurationError, quote } from '../../../shared/platform/errors.ts';
import type { Logger } from '../../../shared/platform/logger.ts';
import { slashedPath } from '../../../shared/platform/slashed-path.ts';
import { second } from '../../../shared/platform/time-lengths.ts';
import { temporaryBeside } from '../../../shared/platform/unfinished.ts';
import { readSource } from '../../../shared/source/read-source.ts';
import { byCount } from '../../../shared/text/counts.ts';
import { declaredDuration, formatElapsed } from '../../../shared/text/durations.ts';
import { listNames } from '../../../shared/text/nearest-name.ts';
import { clipText, visibleText } from '../../../shared/text/visible-text.ts';
import type { VerbPorts } from '../../ports.ts';
import { type GroupEnd, runInGroup } from './process-group.ts';
import { changedFiles, type Marks, marksOf, uncommittedMarks } from './watched-files.ts';

/** Where commands run, and what they may not change. */
export interface CommandPlace {
  readonly loaded: LoadedConfig;
  readonly lockFile: string;
  /** Where the dataset is; what is handed over lies in it for a while. */
  readonly runDirectory: string;
  /** Absolute paths of the files that the fingerprint covers. */
  readonly covered: readonly string[];
}

/** Lines of a failed command's output that its error repeats. */
const lastLines = 20;
/** Characters of a line that are shown. */
const lineWidth = 500;
/** What is larger would be refused when the model's folder is read. */
const largestModel = 512 * 2 ** 20;

/** Runs commands in the folder of ciclo.yml, each with a folder of rows and an empty one to write into. */
export function createCommandPort(place: CommandPlace, ports: VerbPorts): CommandPort {
  return {
    async run(request) {
      const folder = path.resolve(temporaryBeside(place.runDirectory, 'handover'));
      const dataset = path.join(folder, 'dataset');
      const output = path.join(folder, 'output');
      await mkdir(dataset, { recursive: true });
      await mkdir(output);
      try {
        for (const [name, bytes] of request.handover.files) await writeFile(path.join(dataset, name), bytes);
        const elsewhere = await watched({ ...place, dataset }, ports.logger, () =>
          runToItsEnd(request, { directory: place.loaded.directory, dataset, output }, ports),
        );
        return await readOutput(output, request, elsewhere, ports);
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    },
  };
}

/** @throws ConfigurationError when it does not end well, with its last lines. */
async function runToItsEnd(
  { name, run, timeout, handover }: CommandRequest,
  {
    directory,
    dataset,
    output,
  }: { readonly directory: string; readonly dataset: string; readonly output: string },
  { logger, clock, environment }: VerbPorts,
): Promise<void> {
  const task = `train ${name}`;
  const start = clock.now();
  const progress = (done: number): void =>
    logger.progress({
      task,
      done,
      total: 1,
      detail: `${clipText(run.trim(), 60)}  ${formatElapsed(clock.now() - start)}`,
    });
  const tail: string[] = [];
  progress(0);
  const heart = setInterval(() => progress(0), second);
  let end: GroupEnd;
  try {
    end = await runInGroup({
      run,
      directory: path.resolve(directory),
      environment: commandEnvironment(environment, handover.variables(dataset, output)),
      timeout,
      onLine: (line) => {
        const shown = clipText(visibleText(line), lineWidth);
        tail.push(shown);
        if (tail.length > lastLines) tail.shift();
        logger.info(`${name}: ${shown}`);
      },
    });
  } finally {
    clearInterval(heart);
  }
  if (end.kind === 'exit' && end.code === 0) return progress(1);
  throw new ConfigurationError(`${endWords(end, timeout)}${tailWords(tail)}`);
}

function endWords(end: GroupEnd, timeout: number): string {
  switch (end.kind) {
    case 'exit':
      return `it failed with exit code ${end.code}${end.code === 127 ? ' (a program was not found)' : ''}`;
    case 'signal':
      return `it was ended by ${end.signal}${end.signal === 'SIGKILL' ? ', as a system does that has no memory left' : ''}`;
    case 'timeout':
      return `it ran longer than its timeout of ${declaredDuration(timeout)} and was ended, with all that it had started; where it needs longer, set timeout`;
  }
}

function tailWords(tail: readonly string[]): string {
  if (tail.length === 0) return '; it wrote nothing to its output';
  return `; its last ${byCount(tail.length, 'line', 'lines')}:\n${tail.map((line) => `  ${line}`).join('\n')}`;
}

/**
 * Does the work and looks at what it changed.
 *
 * @returns files of the repository that differ from before, and were not to be left alone at all.
 * @throws ConfigurationError when the dataset, what was handed over, or what the fingerprint covers is among them.
 */
async function watched(
  { loaded, lockFile, runDirectory, covered, dataset }: CommandPlace & { readonly dataset: string },
  logger: Logger,
  work: () => Promise<void>,
): Promise<string[]> {
  const directory = path.resolve(loaded.directory);
  const untouchable = [
    path.resolve(loaded.file),
    path.resolve(lockFile),
    path.resolve(runDirectory, 'dataset'),
    dataset,
    ...covered,
  ];
  // Where git says where it is, links are resolved.
  const apart = await realpath(runDirectory);
  const look = async (): Promise<[Marks, Marks | undefined]> => [
    await marksOf(untouchable),
    await uncommittedMarks(directory, apart),
  ];
  const before = await look();
  await work();
  const after = await look();
  const shown = (files: readonly string[]) =>
    listNames(
      files.map((file) => quote(path.relative(directory, file))),
      8,
    );
  const broken = changedFiles(before[0], after[0]);
  if (broken.length > 0) {
    throw new ConfigurationError(
      `${shown(broken)} changed while it ran, and the model would not be the one of these data and files: a command may write into the folder CICLO_OUTPUT alone`,
    );
  }
  const elsewhere = before[1] && after[1] ? changedFiles(before[1], after[1]) : [];
  if (elsewhere.length > 0) {
    logger.warn(
      `while the command ran, ${shown(elsewhere)} changed in the repository: a command should write into the folder CICLO_OUTPUT, and what it leaves beside it belongs into .gitignore`,
    );
  }
  return elsewhere.map((file) => path.relative(directory, file));
}

async function readOutput(
  output: string,
  { textColumns }: CommandRequest,
  elsewhere: readonly string[],
  ports: VerbPorts,
): Promise<CommandOutput> {
  const entries = await readdir(output, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => slashedPath(output, path.join(entry.parentPath, entry.name)));
  const { model, predictions } = outputFiles(names, elsewhere);
  const table = await readTable(output, predictions, textColumns, ports);
  if (!model) return { predictions: { file: predictions, table } };
  const file = path.join(output, 'model.onnx');
  const { size } = await stat(file);
  if (size > largestModel) {
    throw new ConfigurationError(
      `its model.onnx has ${size} bytes; Ciclo keeps models of at most ${largestModel}`,
    );
  }
  return { model: await readFile(file), predictions: { file: predictions, table } };
}

async function readTable(
  directory: string,
  file: string,
  textColumns: ReadonlySet<string>,
  ports: VerbPorts,
): Promise<Table> {
  const { table } = await readSource(
    { type: 'file', path: file, columns: 'same' },
    { missingMarkers: [''], trim: true, textColumns },
    { ...ports, directory },
  );
  return table;
}
