import { inspect } from 'node:util';
import { error as logError, setFailed } from '@actions/core';
import { PassingError } from '../../shared/artifacts/store/artifact-http.ts';
import { ForgeError } from '../../shared/forge/ports/forge-error.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { systemMessage } from '../../shared/platform/system-error.ts';
import { cicloVersion } from '../../shared/platform/version.ts';
import { annotationPlace } from './action-logger.ts';

/** `ciclo.yml:14:9: …`: the message belongs to that line of the file. */
const placed = /^(.+?):(\d+):(\d+): (.*)$/s;

/**
 * Ends the step red. The user's mistakes are one message each, at their line of the file where that is known;
 * what GitHub or the machine refused is a message; everything else is a bug, with stack and cause.
 */
export function reportFailure(failure: unknown): void {
  const system = systemMessage(failure);
  if (failure instanceof ConfigurationError) reportMistake(failure.message);
  else if (failure instanceof ForgeError || failure instanceof PassingError) setFailed(failure.message);
  else if (system !== undefined) setFailed(system);
  else {
    setFailed(
      `Ciclo ${cicloVersion} failed. This is a bug in Ciclo, not a mistake of yours: please report it with these lines.\n${inspect(failure)}`,
    );
  }
}

function reportMistake(message: string): void {
  const lines = message.split('\n');
  const places = lines.map((line) => placed.exec(line));
  if (!places.every((place) => place !== null)) {
    setFailed(message);
    return;
  }
  for (const place of places) {
    const [, file, line, column, text] = place as unknown as string[];
    logError(text!, annotationPlace({ file: file!, line: Number(line), column: Number(column) }));
  }
  process.exitCode = 1;
}
