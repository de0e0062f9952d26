import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { ConfigurationError, IntegrityError } from '../../shared/platform/errors.ts';
import { cicloVersion } from '../../shared/platform/version.ts';
import type { ErrorJson } from '../json/json-output.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** Why a command ended without a result. */
export interface Failure {
  readonly code: ExitCode;
  readonly kind: ErrorJson['error']['kind'];
  readonly message: string;
  /** What stderr shows; empty when it was shown already. */
  readonly text: string;
}

/** Sorts what was thrown into the user's mistakes (one message) and bugs (stack and cause). */
export function failureOf(error: unknown, argv: readonly string[]): Failure {
  if (error instanceof CommanderError) {
    // Commander has written its message, or the help that was asked for.
    const code = error.exitCode === 0 ? exitCodes.done : exitCodes.mistake;
    return { code, kind: 'usage', message: error.message.replace(/^error: /, ''), text: '' };
  }
  if (error instanceof ConfigurationError) {
    const kind = error instanceof IntegrityError ? 'integrity' : 'configuration';
    return mistake(kind, error.message);
  }
  const system = systemMessage(error);
  return system === undefined ? bug(error, argv) : mistake('system', system);
}

function mistake(kind: Failure['kind'], message: string): Failure {
  return { code: exitCodes.mistake, kind, message, text: `error: ${message}` };
}

/** What the operating system refused, where the remedy is the user's. */
const refusals: Readonly<Record<string, string>> = {
  EACCES: 'permission denied: change its rights, or choose another folder with --output',
  EPERM: 'not permitted: change its rights, or choose another folder with --output',
  EROFS: 'the file system is read-only: choose another folder with --output',
  ENOSPC: 'the disk is full: make room and run again',
  EDQUOT: 'the disk quota is used up: make room and run again',
  EISDIR: 'it is a folder, and a file is needed',
  ENOTDIR: 'a part of this path is a file, and a folder is needed',
  EMFILE: 'too many files are open: raise the limit (ulimit -n)',
  ENAMETOOLONG: 'the name is too long for this file system',
};

/** What a system call was to do. */
const verbs: Readonly<Record<string, string>> = {
  mkdir: 'make the folder',
  open: 'open',
  read: 'read',
  write: 'write',
  rename: 'put in place',
  scandir: 'list',
  rm: 'remove',
  unlink: 'remove',
};

function systemMessage(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  const refusal = code === undefined ? undefined : refusals[code];
  if (refusal === undefined || path === undefined) return undefined;
  return `cannot ${verbs[syscall ?? ''] ?? 'use'} ${path}: ${refusal}`;
}

function bug(error: unknown, argv: readonly string[]): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const text = [
    'Ciclo failed. This is a bug in Ciclo, not a mistake of yours.',
    '',
    inspect(error),
    '',
    'Please report it at https://github.com/ciclo-ml/ciclo/issues with the lines above and:',
    `  command   ciclo ${argv.join(' ')}`,
    `  versions  ciclo ${cicloVersion}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
  ].join('\n');
  return { code: exitCodes.bug, kind: 'bug', message, text };
}
