import { profileOver, profileTable } from '../../shared/dataset/profile/profile.ts';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import type { Table } from '../../shared/dataset/table/table.ts';
import { dependenceInFile } from '../../shared/drift/dependence/row-dependence.ts';
import { compareTables } from '../../shared/drift/drift.ts';
import type { DriftInput } from '../../shared/drift/drift-input.ts';
import type { DriftReport } from '../../shared/drift/report/drift-report.ts';
import type { Random } from '../../shared/platform/random.ts';
import { simulatedPredictions } from './tables.ts';

/** A level at which any one drifted column raises the verdict: nothing is stricter. */
const anyColumn = 1e-6;
/** Fewest rows of a published bin. */
const publishedRows = 5;

export interface CheckSettings {
  readonly seed: number;
  /** Profiles alone, without rows and hence without the multivariate test. */
  readonly profiles: boolean;
  /** The reference's as bundles publish it, with at least five rows a bin; the current rows are at hand. */
  readonly published?: boolean;
  /** The columns alone, without predictions and the multivariate test; the whole rate is theirs. */
  readonly columnsAlone?: boolean;
  /** Weight of drifted features from which on the table has drifted; default any. */
  readonly share?: number;
}

/** Every column is a feature. */
export function schemaOf(table: Table): DatasetSchema {
  return {
    version: 1,
    task: 'regression',
    target: 'y',
    key: [...table.columns.keys()],
    columns: [...table.columns].map(([name, { type }]) => ({ name, type, role: 'feature', nullable: true })),
  };
}

/** The rows that a check has, and in which order they follow each other. */
function rowsAtHand(
  reference: Table,
  current: Table,
  { profiles, published }: CheckSettings,
): Pick<DriftInput, 'tables' | 'dependence'> {
  const now = dependenceInFile(current);
  if (published) {
    const dependence = { reference: { of: 'unknown', why: 'a profile' }, current: now } as const;
    return { tables: { current }, dependence };
  }
  if (profiles) return {};
  return {
    tables: { reference, current },
    dependence: { reference: dependenceInFile(reference), current: now },
  };
}

/** One check as `drift-check` makes it, with predictions and, where the rows are at hand, dependence and the multivariate test. */
export function check(
  reference: Table,
  current: Table,
  { random, settings }: { random: Random; settings: CheckSettings },
): DriftReport {
  const publication = settings.published ? { minCount: publishedRows } : {};
  const profile = profileTable(reference, schemaOf(reference), publication);
  const features = {
    reference: profile,
    current: profileOver(profile, current),
    ...rowsAtHand(reference, current, settings),
  };
  const options = { share: settings.share ?? anyColumn, seed: settings.seed, permutations: 1999 };
  if (settings.columnsAlone) return compareTables({ ...features, multivariate: false }, options);
  const before = simulatedPredictions(reference, random);
  const predictions = profileTable(before, schemaOf(before), publication);
  const after = profileOver(predictions, simulatedPredictions(current, random));
  const prediction = { reference: predictions.columns[0]!, current: after.columns[0]! };
  return compareTables({ ...features, prediction }, options);
}
