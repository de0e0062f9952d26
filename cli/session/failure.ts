import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { ForgeError } from '../../shared/forge/ports/forge-error.ts';
import { ConfigurationError, IntegrityError } from '../../shared/platform/errors.ts';
import { gitRemedy, systemMessage } from '../../shared/platform/system-error.ts';
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

/** Sorts what was thrown into the user's mistakes and what the system refused (one message), and bugs (stack and cause). */
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
  const system = systemMessage(error) ?? hostMessage(error);
  return system === undefined ? bug(error, argv) : mistake('system', system);
}

function mistake(kind: Failure['kind'], message: string): Failure {
  return { code: exitCodes.mistake, kind, message, text: `error: ${message}` };
}

/** What the code host refused: on this machine it is git and the file system, whose refusals have remedies. */
function hostMessage(error: unknown): string | undefined {
  if (!(error instanceof ForgeError)) return undefined;
  const remedy = gitRemedy(error.message);
  return remedy === undefined ? error.message : `${error.message}: ${remedy}`;
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
