import type { Config } from '../../shared/config/sections/schema.ts';
import { emptyColumn, type Profile, profileOver } from '../../shared/dataset/profile/profile.ts';
import { featureColumns } from '../../shared/dataset/schema/schema.ts';
import { countMissing } from '../../shared/dataset/table/missing-rows.ts';
import type { Table } from '../../shared/dataset/table/table.ts';
import { compareTables } from '../../shared/drift/drift.ts';
import type { DriftInput } from '../../shared/drift/drift-input.ts';
import {
  predictionColumn,
  predictionProfileOf,
  predictionTable,
  profilePredictions,
} from '../../shared/drift/performance/prediction-column.ts';
import type { DriftReport } from '../../shared/drift/report/drift-report.ts';
import type { DriftOptions } from '../../shared/drift/verdict/drift-options.ts';
import type { TrainingReport } from '../../shared/model/report/training-report.ts';
import { namedValues } from '../../shared/platform/named-values.ts';
import type { CurrentRows } from './rows/current-rows.ts';
import type { Reference } from './rows/reference.ts';
import { dependenceOfRows } from './rows/row-dependence.ts';

/** A check's comparison, and the profile that it went by. */
export interface Comparison {
  readonly report: DriftReport;
  /** Of the current rows, over the reference's support: profiles of several checks add up. */
  readonly profile: Profile;
  /** Why there are no predictions for the current rows; undefined when there are. */
  readonly unpredicted?: string;
}

export interface ComparisonSettings {
  readonly config: Config;
  readonly options: DriftOptions;
  /** The profile over whose support the current rows' is made that is kept; default the reference's. */
  readonly support?: Profile;
}

/** Compares the current rows with the reference: columns, predictions, all features together. */
export async function compareWithReference(
  reference: Reference,
  current: CurrentRows,
  { config, options, support = reference.profile }: ComparisonSettings,
): Promise<Comparison> {
  const judged = comparedColumns(reference.profile, config);
  const table = comparable(current.table, config);
  const profileOn = async (over: Profile): Promise<Profile> =>
    labelledProfile(
      current.counted
        ? comparableProfile(await current.counted.profileOver(over), config)
        : profileOver(over, table),
      config,
    );
  const profile = await profileOn(judged);
  const unpredicted = whyUnpredicted(reference, current);
  const prediction = unpredicted === undefined ? await predictionDrift(reference, current.table) : undefined;
  const report = compareTables(
    {
      reference: judged,
      current: profile,
      ...rowsCompared(reference, current, table),
      newColumns: current.arrived.added,
      dependence: dependenceOfRows(reference, current, config),
      multivariate: true,
      ...importanceOf(reference.production?.training),
      ...(prediction ? { prediction } : {}),
    },
    options,
  );
  const kept = support === reference.profile ? profile : await profileOn(comparedColumns(support, config));
  return { report, profile: kept, ...(unpredicted === undefined ? {} : { unpredicted }) };
}

/** The event time is later by its nature; what else changes so, ciclo.yml says. */
export function comparedColumns(profile: Profile, { data, monitor }: Config): Profile {
  const { exclude, group } = monitor.drift;
  const excluded = new Set([...exclude, ...[data.time, group].filter((name) => name !== undefined)]);
  return { ...profile, columns: profile.columns.filter(({ name }) => !excluded.has(name)) };
}

/** Where more rows than this have no label, the others are not compared: those that come first may be the easy ones. */
const fewUnlabelled = 0.1;

function comparable(table: Table, { target }: Config): Table {
  const labels = table.columns.get(target);
  if (!labels || countMissing(labels) <= fewUnlabelled * table.rows) return table;
  return { rows: table.rows, columns: new Map([...table.columns].filter(([name]) => name !== target)) };
}

/** The same of a profile. */
function comparableProfile(profile: Profile, { target }: Config): Profile {
  const columns = profile.columns.map((column) =>
    column.name === target && column.missing > fewUnlabelled * profile.rows
      ? { ...emptyColumn(column), found: 'absent' as const }
      : column,
  );
  return { ...profile, columns };
}

/** Rows that are compared; of those that an engine counted, only some that tell how they hang together. */
function rowsCompared(
  { rows }: Reference,
  { counted }: CurrentRows,
  table: Table,
): Pick<DriftInput, 'tables' | 'dependent'> {
  const reference = rows ? { reference: rows.train } : {};
  return counted
    ? { dependent: { current: counted.newest, ...reference } }
    : { tables: { current: table, ...reference } };
}

/** A label that is missing has not come; that is not drift of the target, whose training rows all have one. */
function labelledProfile(profile: Profile, { target }: Config): Profile {
  const columns = profile.columns.map((column) =>
    column.name === target ? { ...column, missing: 0 } : column,
  );
  return { ...profile, columns };
}

function whyUnpredicted(
  { production, schema }: Reference,
  { table, arrived }: CurrentRows,
): string | undefined {
  if (!production) return 'no version is in production';
  for (const { name } of featureColumns(schema)) {
    if (!table.columns.has(name)) return `the model needs the column ${name}, which is not there`;
    if (arrived.retyped.includes(name)) return `the model needs ${name} as it was; its type has changed`;
  }
  return table.rows === 0 ? 'there are no rows' : undefined;
}

async function predictionDrift(
  { production, rows }: Reference,
  table: Table,
): Promise<DriftInput['prediction']> {
  const { predictor, predictionProfile } = production!;
  if (rows?.test?.rows === 0) return undefined;
  const reference = rows?.test
    ? profilePredictions(predictionColumn(await predictor.predictTable(rows.test)))
    : predictionProfile;
  if (!reference) return undefined;
  const column = predictionColumn(await predictor.predictTable(table));
  const current = profileOver(reference, predictionTable(column));
  return {
    reference: predictionProfileOf(reference),
    current: predictionProfileOf(current),
    rows: { reference: reference.rows, current: current.rows },
    dependent: { current: column },
  };
}

/** Weights of the columns; none where importance was not measured: all weigh the same. */
function importanceOf(training: Pick<TrainingReport, 'importance'> | undefined) {
  const measured = training?.importance ?? [];
  if (measured.length === 0) return {};
  return { importance: namedValues(measured.map(({ feature, mean }) => [feature, Math.max(0, mean)])) };
}
