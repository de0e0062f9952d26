import type { Repository } from '../../shared/forge/ports/forge.ts';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import type { RunContext } from './run-context.ts';

/**
 * What is deployed has gone through the default branch's rules, unless the workflow names other branches or tags: a run by
 * hand may be started on any.
 *
 * @throws ConfigurationError for another ref.
 */
export async function checkDeployableRef(
  { ref }: Pick<RunContext, 'ref'>,
  allowed: readonly string[],
  repository: Repository,
): Promise<void> {
  if (allowed.some((name) => [name, `refs/heads/${name}`, `refs/tags/${name}`].includes(ref))) return;
  const branch = await repository.defaultBranch();
  if (ref === `refs/heads/${branch}`) return;
  const name = ref.replace(/^refs\/(?:heads|tags)\//, '');
  throw new ConfigurationError(
    `allow-ref: this run is of ${quote(ref)}, and only the default branch ${branch} is deployed; merge it there, or, if this is meant, name it in the workflow: allow-ref: ${name || 'its branch'}`,
  );
}
