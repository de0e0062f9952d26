import { ConfigurationError } from '../../platform/errors.ts';
import { formatCount } from '../../text/counts.ts';

/**
 * Refuses an answer of an engine that is longer than `data.source.max-rows`.
 *
 * @throws ConfigurationError that says what can be done.
 */
export function checkRowLimit(rows: number, mostRows: number): void {
  if (rows <= mostRows) return;
  throw new ConfigurationError(
    `data.source.query answers more than ${formatCount(mostRows)} rows, which is data.source.max-rows; raise it, or ask for less (data.sample: ${mostRows} draws so many to train on)`,
  );
}
