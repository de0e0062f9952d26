import { prepareDataset } from '../../../shared/dataset/prepare-dataset.ts';
import { type Profile, parseProfile, profileTable } from '../../../shared/dataset/profile/profile.ts';
import { recipeSchema } from '../../../shared/dataset/recipe/recipe.ts';
import { type DatasetSchema, datasetSchema } from '../../../shared/dataset/schema/schema.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import type { Table } from '../../../shared/dataset/table/table.ts';
import type { Forge } from '../../../shared/forge/ports/forge.ts';
import { type Evaluation, evaluationSchema } from '../../../shared/metrics/evaluation/evaluation.ts';
import { createPredictor, type Predictor } from '../../../shared/model/predictor/predictor.ts';
import { type TrainingReport, trainingReportSchema } from '../../../shared/model/report/training-report.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { silentLogger } from '../../../shared/platform/logger.ts';
import type { Bundle } from '../../../shared/release/bundle/bundle.ts';
import { fetchReleased } from '../../deploy/production.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { registryOf } from '../../pipeline/registry.ts';
import type { VerbPorts } from '../../ports.ts';

/** The model in production, read from its bundle. */
export interface ProductionModel {
  /** `v1.2.0` */
  readonly version: string;
  readonly tag: string;
  readonly digest: string;
  readonly predictor: Predictor;
  readonly evaluation: Evaluation;
  readonly training: TrainingReport;
  /** Of its predictions for the test rows; absent in bundles of former formats. */
  readonly predictionProfile?: Profile;
}

/** What current rows are compared with. */
export interface Reference {
  readonly schema: DatasetSchema;
  readonly profile: Profile;
  readonly production?: ProductionModel;
  /** How far its rows go, in event time. */
  readonly window?: { readonly column: string; readonly until: string };
  /** Its rows themselves, where they are at hand. */
  readonly rows?: { readonly train: Table; readonly test: Table; readonly late: number };
}

type ReferenceForge = Pick<Forge, 'tags' | 'releases'>;

/**
 * What the pipeline's current rows are compared with: the training rows of the version in production, as its bundle
 * profiles them; the rows themselves when the checkout's lock pins the same. Nothing in production: the lock's rows.
 *
 * @param source `data.source` as it is now.
 * @returns undefined when there is neither a version nor a lock.
 */
export async function referenceOf(
  pipeline: Pipeline,
  { source, forge }: { readonly source: SourceTable | undefined; readonly forge: ReferenceForge | undefined },
  ports: VerbPorts,
): Promise<Reference | undefined> {
  const bundle = forge && (await productionBundle(pipeline, forge));
  const rows = source && lockedRows(pipeline, source, bundle?.manifest.data, ports);
  if (bundle) return ofBundle(bundle, rows);
  if (!rows) return undefined;
  const { schema, window, ...sides } = rows;
  return {
    schema,
    profile: profileTable(sides.train, schema),
    rows: sides,
    ...(window ? { window } : {}),
  };
}

async function productionBundle(pipeline: Pipeline, forge: ReferenceForge): Promise<Bundle | undefined> {
  const registry = await registryOf(pipeline, forge);
  const live = registry.stages.get(pipeline.loaded.config.deploy.environment);
  return live && (await fetchReleased(pipeline.name, live, forge))?.bundle;
}

interface LockedSides {
  readonly schema: DatasetSchema;
  readonly train: Table;
  readonly test: Table;
  readonly late: number;
  readonly window?: Reference['window'];
}

/** The rows that the checkout's lock pins, when they are those that the model in production was made with. */
function lockedRows(
  { loaded, lock }: Pipeline,
  source: SourceTable,
  data: string | undefined,
  { logger }: VerbPorts,
): LockedSides | undefined {
  if (!lock || (data !== undefined && lock.data.digest !== data)) return undefined;
  try {
    const { schema, splits, leftOut } = prepareDataset(
      { source, config: loaded.config, lock },
      { logger: silentLogger },
    );
    const { window } = lock.data;
    return {
      schema,
      train: splits.train.table,
      test: splits.test.table,
      late: leftOut.late,
      ...(window ? { window: { column: window.column, until: window.until } } : {}),
    };
  } catch (error) {
    if (!(error instanceof ConfigurationError) || data === undefined) throw error;
    logger.warn(
      `the rows that the model in production was made with cannot be read any more, so its published profile stands for them: ${error.message.split('\n')[0]}`,
    );
    return undefined;
  }
}

function ofBundle({ manifest, files }: Bundle, rows: LockedSides | undefined): Reference {
  const text = (name: string): string | undefined => {
    const bytes = files.get(name);
    return bytes && new TextDecoder().decode(bytes);
  };
  const json = (name: string): unknown => JSON.parse(text(name) ?? 'null');
  const schema = datasetSchema.parse(json('schema.json'));
  const predictions = text('prediction-profile.json');
  const window = manifest.window ?? rows?.window;
  return {
    schema,
    profile: rows ? profileTable(rows.train, schema) : parseProfile(text('profile.json') ?? ''),
    ...(window ? { window } : {}),
    ...(rows ? { rows: { train: rows.train, test: rows.test, late: rows.late } } : {}),
    production: {
      version: manifest.version,
      tag: `${manifest.name}@${manifest.version}`,
      digest: manifest.digests.model,
      predictor: predictorOf({ manifest, files }),
      evaluation: evaluationSchema.parse(json('evaluation.json')),
      training: trainingReportSchema.parse(json('training.json')),
      ...(predictions === undefined ? {} : { predictionProfile: parseProfile(predictions) }),
    },
  };
}

/** The predictor of a bundle's model. */
export function predictorOf({ files }: Bundle): Predictor {
  const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(files.get(name)));
  return createPredictor({
    schema: datasetSchema.parse(json('schema.json')),
    recipe: recipeSchema.parse(json('recipe.json')),
    modelJson: json('model.json'),
    weights: files.get('weights.bin') ?? new Uint8Array(),
  });
}
