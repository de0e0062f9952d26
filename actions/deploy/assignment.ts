import { closeDeployment } from '../../shared/forge/upsert/deployment-upsert.ts';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import type { RegisteredVersion } from '../../shared/release/registry/registry.ts';
import { planAssignment } from '../../shared/release/registry/registry-plan.ts';
import { registryOf } from '../pipeline/registry.ts';
import type { DeployPorts } from './deploy-inputs.ts';

/** How often the stage's next number is asked for: other stages of the pipeline take numbers of the same row. */
const attempts = 5;

export interface StageChange {
  readonly pipeline: { readonly name: string };
  readonly version: RegisteredVersion;
  readonly environment: string;
  /** What the environment must still have: the version that the model was judged against. */
  readonly expected: RegisteredVersion | undefined;
  /** The commit that is deployed; absent when a person assigns. */
  readonly pushed?: string;
}

/**
 * Assigns the stage, if it still has what is expected: compare and swap, by the number of the assignment's tag, of which
 * only one can be made. Already assigned is done.
 *
 * @throws ConfigurationError when another deployment was faster.
 */
async function assignStage(change: StageChange, { forge, clock }: DeployPorts): Promise<void> {
  const { pipeline, version, environment: stage, expected, pushed } = change;
  for (let round = 1; round <= attempts; round++) {
    const registry = await registryOf(pipeline, forge);
    const { tag } = planAssignment(registry, {
      ...{ stage, version: version.version, expected, now: clock.now() },
      ...(pushed === undefined ? {} : { pushed }),
    });
    if (!tag) return;
    const made = await forge.tags.create(tag);
    if (made.change === 'exists' && !made.tag) {
      throw new ConfigurationError(
        `${stage} cannot be given to ${version.tag}: the name of the tag that would say so, ${quote(tag.name)}, is taken by a lightweight tag on ${made.commit.slice(0, 7)}, which somebody made by hand and which assigns nothing: delete it (git push --delete origin ${tag.name}), and deploy again`,
      );
    }
    // Read and compared again in any case: what counts is what the stage has then.
    if (made.change === 'exists') await clock.sleep(1000 * round);
  }
  throw new ConfigurationError(
    `${stage} cannot be given to ${version.tag}: ${attempts} times the assignment's tag was not there after it was made, or its number was taken: deploy again`,
  );
}

/** Assigns the stage; where that is refused, the deployment that was opened for it does not stay in progress for ever. */
export async function assignOrClose(
  change: StageChange,
  opened: Parameters<typeof closeDeployment>[1],
  ports: DeployPorts,
): Promise<void> {
  try {
    await assignStage(change, ports);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      const { forge, clock } = ports;
      await closeDeployment(forge.deployments, opened, { why: error.message, clock });
    }
    throw error;
  }
}
