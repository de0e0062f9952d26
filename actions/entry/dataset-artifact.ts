import { sourcesOf } from '../../shared/config/sections/data-section.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { isObjectSource } from '../../shared/config/sections/sources/file-source.ts';
import type { SourceConfig } from '../../shared/config/sections/sources/source.ts';
import type { StepInputs } from './inputs.ts';
import { isPublic } from './repository-visibility.ts';

/** Whether the rows came from where a secret is needed: `${{ env.CICLO_… }}` in `data`, or object storage that is not public. */
function needsSecret({ data }: Pick<Config, 'data'>): boolean {
  return /\$\{\{\s*env\./.test(JSON.stringify(data)) || sourcesOf(data).some(isSignedFor);
}

/** Its credentials need not be named. */
function isSignedFor(source: SourceConfig): boolean {
  return source.type === 'file' && isObjectSource(source) && source.storage?.anonymous !== true;
}

/**
 * Why the dataset, all rows of it, is not kept as an artifact: anybody who is signed in may download those of a public
 * repository.
 *
 * @param payload of the event.
 * @returns a sentence; undefined when it is kept, or artifacts are turned off altogether.
 */
export function datasetWithheld(
  { artifacts }: Pick<StepInputs<'prepare'>, 'artifacts'>,
  config: Pick<Config, 'data'>,
  payload: unknown,
): string | undefined {
  if (artifacts === 'results') {
    return 'The dataset is not kept as an artifact, because artifacts is results: the steps that need it run in one job';
  }
  if (artifacts !== 'true' || !needsSecret(config) || !isPublic(payload)) return undefined;
  return 'The dataset is not kept as an artifact: its rows come from a source that needs a secret, and anybody who is signed in may download the artifacts of a public repository. The steps that need it run in one job; artifacts: all keeps it anyway';
}
