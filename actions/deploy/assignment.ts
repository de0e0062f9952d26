import { ConfigurationError } from '../../shared/platform/errors.ts';
import { gtoMessage } from '../../shared/release/registry/gto-tag.ts';
import {
  nextAssignment,
  nextTagTime,
  type RegisteredVersion,
} from '../../shared/release/registry/registry.ts';
import { registryOf } from '../pipeline/registry.ts';
import type { DeployPorts } from './deploy-inputs.ts';

export interface Assigning {
  readonly pipeline: { readonly name: string };
  readonly version: RegisteredVersion;
  readonly environment: string;
  /** What the environment must still have: the version that the model was judged against. */
  readonly expected: RegisteredVersion | undefined;
}

/**
 * Assigns the stage, if it still has what is expected: compare and swap, by the number of the assignment's tag, of which
 * only one can be made. Already assigned is done.
 *
 * @throws ConfigurationError when another deployment was faster.
 */
export async function assignStage(
  { pipeline, version, environment, expected }: Assigning,
  { forge, clock }: DeployPorts,
): Promise<void> {
  const before = await registryOf(pipeline, forge);
  const holder = before.stages.get(environment);
  if (holder?.tag === version.tag) return;
  if (holder?.tag === expected?.tag) {
    const event = {
      kind: 'assignment',
      artifact: pipeline.name,
      stage: environment,
      number: undefined,
    } as const;
    await forge.tags.create({
      name: nextAssignment(before, environment),
      commit: version.commit,
      time: nextTagTime(before, clock.now()),
      message: gtoMessage(event, version.version),
    });
    const now = (await registryOf(pipeline, forge)).stages.get(environment);
    if (now?.tag === version.tag) return;
  }
  const faster = (await registryOf(pipeline, forge)).stages.get(environment);
  throw new ConfigurationError(
    `${environment} was given ${faster?.tag ?? 'nothing'} by another deployment while ${version.tag} was being made, which was judged against ${expected?.tag ?? 'nothing'}: validate and deploy again`,
  );
}
