import path from 'node:path';
import { fixedClock } from '../../shared/platform/clock.ts';
import { type LogEntry, recordingLogger } from '../../shared/platform/logger.ts';
import { temporaryFolder } from '../../shared/source/testing/temporary-folder.ts';
import { loadPipeline, type Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';

/** A pipeline in a folder of its own, gone after `await using`. */
export interface PipelineFolder extends AsyncDisposable {
  readonly path: string;
  /** Path of ciclo.yml. */
  readonly config: string;
  readonly lockFile: string;
  /** ciclo.yml and ciclo.lock as they are now. */
  pipeline(): Promise<Pipeline>;
  write(name: string, content: string | Uint8Array): Promise<string>;
}

export async function pipelineFolder(
  config: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<PipelineFolder> {
  const folder = await temporaryFolder({ 'ciclo.yml': config, ...files });
  return {
    path: folder.path,
    config: path.join(folder.path, 'ciclo.yml'),
    lockFile: path.join(folder.path, 'ciclo.lock'),
    pipeline: () => loadPipeline(path.join(folder.path, 'ciclo.yml')),
    write: folder.write,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Ports of a process without a terminal; what is logged is kept. */
export function quietPorts(
  environment: Readonly<Record<string, string>> = {},
): VerbPorts & { readonly log: LogEntry[] } {
  const log: LogEntry[] = [];
  return { logger: recordingLogger(log), clock: fixedClock(0), environment, log };
}

/** The messages of the warnings in a log. */
export function warningsOf(log: readonly LogEntry[]): string[] {
  return log.filter(({ level }) => level === 'warn').map(({ message }) => message);
}

/** The message of the error that a promise ends with; fails when it ends well. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Error && error.name === 'ConfigurationError') return error.message;
  throw new Error(
    `expected a ConfigurationError, but ${error === undefined ? 'it went well' : String(error)}`,
  );
}
