import { ConfigurationError, messageOf } from '../../shared/platform/errors.ts';
import type { ObjectRole } from '../../shared/source/types.ts';
import type { VerbPorts } from '../ports.ts';
import type { StepInputs } from './inputs.ts';
import type { StepHost } from './step.ts';

/** Whom the token is for: what AWS's documentation has a trust policy ask for. */
const audience = 'sts.amazonaws.com';

/**
 * The ports of a step that reads sources, with the role of the input `aws-role`: it is taken on when object storage is first
 * asked, and not before.
 *
 * @throws nothing; taking on the role throws a ConfigurationError where the job has no `id-token: write`.
 */
export function rolePorts(
  { 'aws-role': role, 'sts-endpoint': endpoint }: Pick<StepInputs<'prepare'>, 'aws-role' | 'sts-endpoint'>,
  ports: VerbPorts,
  { context, mask, identityToken }: Pick<StepHost, 'context' | 'mask' | 'identityToken'>,
): VerbPorts {
  if (role === undefined) return ports;
  const token = (): Promise<string> =>
    identityToken(audience).catch((error: unknown) => {
      throw new ConfigurationError(
        `aws-role: GitHub gives this job no token of its identity (${messageOf(error)}); the job needs permissions: { id-token: write }, which a pull request from a fork never has`,
        { cause: error },
      );
    });
  const load = async (): Promise<ObjectRole> => {
    const { roleOf } = await import('../../shared/source/objects/web-identity.ts');
    return roleOf({ role, endpoint, session: `ciclo-${context.run.id}`, token, hide: mask }, ports);
  };
  let loaded: Promise<ObjectRole> | undefined;
  const objectRole: ObjectRole = async (region, expired) => {
    loaded ??= load();
    return (await loaded)(region, expired);
  };
  return { ...ports, objectRole };
}
