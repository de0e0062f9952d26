import type { FolderKind } from '../../shared/artifacts/folders/manifest.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { datasetWithheld } from './dataset-artifact.ts';
import type { PipelinePlace, StepHost } from './step.ts';

/** The inputs that say whether and how long results are kept as artifacts. */
interface ArtifactInputs {
  readonly artifacts: 'true' | 'false' | 'results' | 'all';
  readonly 'retention-days': number;
}

/**
 * Makes sure that results of earlier steps are in the run directory: those of an earlier step of this job are there,
 * those of another job come from the run's artifacts. With `artifacts: false` nothing is fetched.
 *
 * @throws ConfigurationError when there is none; of a dataset that is not kept it says why.
 */
export async function fetchResults(
  { artifacts }: Pick<ArtifactInputs, 'artifacts'>,
  { pipeline, runDirectory }: PipelinePlace,
  kinds: readonly FolderKind[],
  host: StepHost,
): Promise<void> {
  host.tellUnfinished(runDirectory);
  if (artifacts === 'false') return;
  const { fetchFolder } = await import('../../shared/artifacts/store/artifact-exchange.ts');
  for (const kind of kinds) {
    await fetchFolder(() => host.store(), {
      pipeline: pipeline.name,
      kind,
      runDirectory,
      logger: host.ports.logger,
    }).catch((error: unknown) => {
      const withheld =
        kind === 'dataset' && datasetWithheld({ artifacts }, pipeline.loaded.config, host.context.payload);
      if (!withheld || !(error instanceof ConfigurationError)) throw error;
      throw new ConfigurationError(`${error.message}\n${withheld}`, { cause: error });
    });
  }
}

/** A result that was kept: outputs of the step, and its address on GitHub. */
export interface StoredResult {
  readonly outputs: { readonly 'artifact-name'?: string };
  readonly url?: string;
}

/** Keeps a result as an artifact of the run; with `artifacts: false` it does nothing. */
export async function storeResult(
  inputs: ArtifactInputs,
  folder: string,
  host: StepHost,
): Promise<StoredResult> {
  if (inputs.artifacts === 'false') return { outputs: {} };
  const { publishFolder } = await import('../../shared/artifacts/store/artifact-exchange.ts');
  const { name, id } = await publishFolder(await host.store(), folder, {
    retentionDays: inputs['retention-days'],
    logger: host.ports.logger,
  });
  return { outputs: { 'artifact-name': name }, url: `${host.context.run.url}/artifacts/${id}` };
}
