import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import { SystemError } from '../../platform/system-error.ts';
import { ArtifactExistsError } from './artifact-upload.ts';

const oneJob = 'run prepare, train and validate as steps of one job, with the input artifacts: false';

/**
 * What @actions/artifact's errors mean. It tells them apart by name and by text only.
 *
 * @param what was attempted: `list the artifacts of this run`.
 */
export function explainArtifactError(error: unknown, what: string): Error {
  const message = messageOf(error);
  const name = error instanceof Error ? error.name : '';
  if (name === 'GHESNotSupportedError') {
    return new ConfigurationError(
      `cannot ${what}: GitHub Enterprise Server has no artifact service for today's actions: ${oneJob}`,
    );
  }
  if (
    /ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL|JWT token is invalid/.test(message) ||
    name === 'InvalidTokenError'
  ) {
    return new ConfigurationError(
      `cannot ${what}: there is no runtime token (ACTIONS_RUNTIME_TOKEN, ACTIONS_RESULTS_URL), which GitHub gives only to JavaScript actions: use Ciclo's actions rather than a step with run:, or ${oneJob}`,
    );
  }
  if (/storage quota has been hit/.test(message)) {
    return new ConfigurationError(
      `cannot ${what}: the account's storage for artifacts is used up: delete old artifacts, set retention-days lower, or ${oneJob}; GitHub counts again every 6 to 12 hours`,
    );
  }
  if (/\(409\)|already exists/.test(message)) return new ArtifactExistsError(`cannot ${what}: ${message}`);
  const head = `cannot ${what}: ${message}`;
  // What only a wrong program throws stays a bug; everything else the service or the way to it did.
  if (error instanceof TypeError || error instanceof RangeError) return new Error(head, { cause: error });
  return new SystemError(
    `${head}: GitHub's artifact service did not do it. Run the job again; if it stays so, see www.githubstatus.com, or ${oneJob}`,
    { cause: error },
  );
}
