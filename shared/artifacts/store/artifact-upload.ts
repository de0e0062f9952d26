import { ConfigurationError, quote } from '../../platform/errors.ts';

/** The run has an artifact of that name already; names are unique in a run, over its attempts too. */
export class ArtifactExistsError extends Error {
  override name = 'ArtifactExistsError';
}

/** How long GitHub keeps artifacts, in days, where neither repository nor organisation says less. */
const mostDays = 90;

/** @throws ConfigurationError for what is not a whole number of days that GitHub keeps artifacts. */
export function checkRetention(days: number | undefined): void {
  if (days === undefined || (Number.isInteger(days) && days >= 1 && days <= mostDays)) return;
  throw new ConfigurationError(
    `retention-days: artifacts cannot be kept ${quote(days)} days: give a whole number from 1 to ${mostDays}, or leave it out for the repository's setting`,
  );
}
