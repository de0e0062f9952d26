import { code, type Markdown, md } from '../../shared/report/pull-request/markdown.ts';
import type { DeployOutputs } from '../deploy/deploy-outputs.ts';
import type { StepInputs } from './inputs.ts';
import type { StepHost } from './step.ts';

/** Whether the steps behind the entry attest where the bundle comes from, or why they do not. */
export type Attestation = { readonly wanted: true } | { readonly wanted: false; readonly why: Markdown };

/**
 * Only the run that made a bundle can say that it did: not one that found the version there, and no rollback. With `auto`
 * the job must also have been granted what it takes, which the runner shows by the address of its identity tokens.
 */
export function attestationOf(
  { attest, 'rollback-to': rollback }: Pick<StepInputs<'deploy'>, 'attest' | 'rollback-to'>,
  { change, ownBundle }: Pick<DeployOutputs, 'change' | 'ownBundle'>,
  { context, ports }: Pick<StepHost, 'context' | 'ports'>,
): Attestation {
  const not = (why: Markdown): Attestation => ({ wanted: false, why });
  if (attest === 'false') return not(md`${code('attest')} is ${code('false')}`);
  if (rollback !== undefined) return not(md`a rollback makes no bundle`);
  // A further attempt of a run finds the version that an earlier one made.
  const made = (change === 'deployed' && ownBundle) || (change === 'unchanged' && context.run.attempt > 1);
  if (!made) return not(md`this run made no bundle that is deployed`);
  const able = (ports.environment.ACTIONS_ID_TOKEN_REQUEST_URL ?? '') !== '';
  if (attest === 'auto' && !able) return not(md`the job has no permission ${code('id-token: write')}`);
  return { wanted: true };
}
