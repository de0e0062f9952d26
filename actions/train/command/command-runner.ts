// Commands as processes: rows written for them, what they wrote read.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandPort, CommandRequest } from '../../../shared/model/command/command-port.ts';
import { commandEnvironment } from '../../../shared/model/command/variables.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { second } from '../../../shared/platform/time-lengths.ts';
import { temporaryBeside } from '../../../shared/platform/unfinished.ts';
import { byCount } from '../../../shared/text/counts.ts';
import { declaredDuration, formatElapsed } from '../../../shared/text/durations.ts';
import { clipText, visibleText } from '../../../shared/text/visible-text.ts';
import type { VerbPorts } from '../../ports.ts';
import { readOutput } from './command-results.ts';
import { type GroupEnd, runInGroup } from './process-group.ts';
import { type CommandPlace, watched } from './watched-run.ts';

/** Lines of a failed command's output that its error repeats. */
const lastLines = 20;

/** Characters of a line that are shown. */
const lineWidth = 500;

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
