import { prepareDataset } from '../../../shared/dataset/prepare-dataset.ts';
import { type Profile, profileTable } from '../../../shared/dataset/profile/profile.ts';
import type { DatasetSchema } from '../../../shared/dataset/schema/schema.ts';
import { trainingRows } from '../../../shared/dataset/split/divided-rows.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import { stackTables } from '../../../shared/dataset/table/stacked-tables.ts';
import type { Table } from '../../../shared/dataset/table/table.ts';
import { heldTable } from '../../../shared/dataset/table/taken-table.ts';
import type { Forge } from '../../../shared/forge/ports/forge.ts';
import type { Evaluation } from '../../../shared/metrics/evaluation/evaluation.ts';
import type { RuntimePlaces } from '../../../shared/model/onnx/runtime-places.ts';
import type { Predictor } from '../../../shared/model/predictor/predictor.ts';
import type { TrainingReport } from '../../../shared/model/report/training-report.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { silentLogger } from '../../../shared/platform/logger.ts';
import type { Bundle } from '../../../shared/release/bundle/bundle.ts';
import { bundleReader } from '../../../shared/release/bundle/bundle-reader.ts';
import { productionOf, requireReadable, unboundNote } from '../../deploy/production.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { runtimePlaces } from '../../pipeline/runtime-places.ts';
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

/** The locked rows. */
export interface LockedRows {
  /** Those that current rows are compared with. */
  readonly train: Table;
  /** Those whose predictions current predictions are compared with. */
  readonly test?: Table;
  /** All of them, whatever side of the split they are on. */
  readonly all: () => Table;
  /** Rows inside the window that came after the lock. */
  readonly late: number;
}

/** What current rows are compared with. */
export interface Reference {
  readonly schema: DatasetSchema;
  readonly profile: Profile;
  readonly production?: ProductionModel;
  /** How far its rows go, in event time. */
  readonly window?: { readonly column: string; readonly until: string };
  /** Its rows themselves, where they are available. */
  readonly rows?: LockedRows;
}

type ReferenceForge = Pick<Forge, 'tags' | 'releases'>;

/**
 * What the pipeline's current rows are compared with: the training rows of the version in production, as its bundle
 * profiles them; the rows themselves when the checkout's lock pins the same. Nothing in production: the lock's rows.
 *
 * @param source `data.source` as it is now.
 * @returns undefined when there is neither a version nor a lock.
 * @throws ConfigurationError when production has a version that cannot be read: other rows must not stand for its.
 */
export async function referenceOf(
  pipeline: Pipeline,
  { source, forge }: { readonly source: SourceTable | undefined; readonly forge: ReferenceForge | undefined },
  ports: VerbPorts,
): Promise<Reference | undefined> {
  const bundle = forge && (await productionBundle(pipeline, forge, ports));
  const rows = source && lockedRows(pipeline, source, bundle?.manifest.data, ports);
  if (bundle) return await ofBundle(bundle, rows, runtimePlaces(pipeline, ports));
  if (!rows) return undefined;
  const { schema, window } = rows;
  return {
    schema,
    profile: profileTable(rows.train, schema),
    rows: rowsOf(rows),
    ...(window ? { window } : {}),
  };
}

async function productionBundle(
  { name, loaded }: Pipeline,
  forge: ReferenceForge,
  { logger }: VerbPorts,
): Promise<Bundle | undefined> {
  const { environment } = loaded.config.deploy;
  const production = await productionOf({ name, environment }, forge);
  if (production.state === 'unknown') {
    logger.warn(`${production.reason}; the rows of the lock stand for it`);
    return undefined;
  }
  const released = requireReadable(production);
  const note = released && unboundNote(released);
  if (note !== undefined) logger.warn(note);
  return released?.bundle;
}

interface LockedSides extends LockedRows {
  readonly schema: DatasetSchema;
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
    const prepared = prepareDataset({ source, config: loaded.config, lock }, { logger: silentLogger });
    const { schema, leftOut } = prepared;
    const { window } = lock.data;
    return {
      schema,
      train: heldTable(trainingRows(prepared).table),
      ...(prepared.kind === 'hold-out' ? { test: heldTable(prepared.splits.test.table) } : {}),
      all: () =>
        prepared.kind === 'folds'
          ? prepared.rows.table
          : stackTables([
              prepared.splits.train.table,
              prepared.splits.validation.table,
              prepared.splits.test.table,
            ]),
      late: leftOut.late,
      ...(window ? { window: { column: window.column, until: window.until } } : {}),
    };
  } catch (error) {
    if (!(error instanceof ConfigurationError) || data === undefined) throw error;
    logger.warn(
      `the rows that the model in production was made with cannot be read any more, so its published profile is used instead: ${error.message.split('\n')[0]}`,
    );
    return undefined;
  }
}

function rowsOf({ train, test, all, late }: LockedSides): NonNullable<Reference['rows']> {
  return { train, all, late, ...(test ? { test } : {}) };
}

async function ofBundle(
  bundle: Bundle,
  rows: LockedSides | undefined,
  places: RuntimePlaces,
): Promise<Reference> {
  const { manifest } = bundle;
  const reader = bundleReader(bundle);
  const schema = reader.schema();
  const predictionProfile = reader.predictionProfile();
  const window = manifest.window ?? rows?.window;
  return {
    schema,
    profile: rows ? profileTable(rows.train, schema) : reader.profile(),
    ...(window ? { window } : {}),
    ...(rows ? { rows: rowsOf(rows) } : {}),
    production: {
      version: manifest.version,
      tag: `${manifest.name}@${manifest.version}`,
      digest: manifest.digests.model,
      predictor: await reader.predictor(places),
      evaluation: reader.evaluation(),
      training: reader.training(),
      ...(predictionProfile ? { predictionProfile } : {}),
    },
  };
}
