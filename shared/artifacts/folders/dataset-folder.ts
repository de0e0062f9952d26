import { arrowPieces, tableFromArrow } from '../../dataset/arrow/arrow.ts';
import { type LaterProfile, type Profile, profileSchema } from '../../dataset/profile/profile.ts';
import { type QualityReport, qualityReportSchema } from '../../dataset/quality/quality-report.ts';
import { type Recipe, recipeSchema } from '../../dataset/recipe/recipe.ts';
import { type DatasetSchema, datasetSchema } from '../../dataset/schema/schema.ts';
import type { DividedRows } from '../../dataset/split/divided-rows.ts';
import { type FoldedTable, onlyTrains } from '../../dataset/split/fold-plan.ts';
import type { SplitName, SplitTable } from '../../dataset/split/split-table.ts';
import type { BytePieces } from '../../platform/byte-pieces.ts';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { jsonPieces } from '../../platform/json-pieces.ts';
import type { Manifest } from './manifest.ts';
import { bytesOf, jsonOf, type ResultFiles } from './result-files.ts';
import { type FileContent, type NewFiles, readFolder } from './run-folder.ts';

/** A prepared dataset's parts, as its folder holds them. */
export interface DatasetParts {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly profile: Profile;
  readonly quality: QualityReport;
}

/** Those of a dataset that is to be written. */
export interface NewDatasetParts extends Omit<DatasetParts, 'profile'> {
  readonly profile: LaterProfile;
}

/**
 * The tables of a dataset: the splits, and `filtered`, the rows that would be test rows had no filter on features
 * (`invalid: drop`, `missing: drop`) dropped them. They are not part of the test, but a change of filters must not shrink
 * the rows on which champion and challenger are compared. The file is always there; it may have no rows.
 */
export type DatasetTableName = SplitName | 'filtered';

interface ReadDataset extends DatasetParts {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** A dataset with training, validation and test rows, as read, with the tables that were asked for. */
export interface HeldOutDataset<Name extends DatasetTableName> extends ReadDataset {
  readonly kind: 'hold-out';
  readonly splits: Readonly<Record<Name, SplitTable>>;
}

/** A dataset in folds, as read. */
export interface FoldedDataset extends ReadDataset {
  readonly kind: 'folds';
  readonly rows: FoldedTable;
  /** Rows that filters on features dropped, in their folds. */
  readonly filtered: FoldedTable;
  /** How many folds there are. */
  readonly count: number;
}

export type Dataset<Name extends DatasetTableName> = HeldOutDataset<Name> | FoldedDataset;

/** The files of a dataset folder. Rows in folds are one table; rows with sides one for each, see {@link DatasetTableName}. */
export function datasetFiles(parts: NewDatasetParts, divided: DividedRows): NewFiles {
  return new Map<string, FileContent>([
    ...tableFiles(divided),
    ['schema.json', () => jsonPieces(parts.schema)],
    ['recipe.json', () => jsonPieces(parts.recipe)],
    ['profile.json', () => jsonPieces(parts.profile)],
    ['quality.json', () => jsonPieces(parts.quality)],
  ]);
}

function tableFiles(divided: DividedRows): [string, BytePieces][] {
  if (divided.kind === 'folds') {
    return [
      ['rows.arrow', arrowPieces(divided.rows)],
      ['filtered.arrow', arrowPieces(divided.filtered)],
    ];
  }
  const { splits, filteredTest } = divided;
  return [
    ['train.arrow', arrowPieces(splits.train)],
    ['validation.arrow', arrowPieces(splits.validation)],
    ['test.arrow', arrowPieces(splits.test)],
    ['filtered.arrow', arrowPieces(filteredTest)],
  ];
}

const jsonFiles = ['schema.json', 'recipe.json', 'profile.json', 'quality.json'];

/**
 * Reads a dataset folder, every byte that it uses checked.
 *
 * @param names the tables to read of a dataset without folds: who need not see the test rows does not load them. Rows in
 *   folds are always read whole.
 * @throws ConfigurationError when there is none, IntegrityError when it is not what its manifest says.
 */
export async function readDataset<Name extends DatasetTableName>(
  folder: string,
  names: readonly Name[],
): Promise<Dataset<Name>> {
  const tables = [...names, 'rows', 'filtered'].map((name) => `${name}.arrow`);
  const read = await readFolder(folder, 'dataset', ({ split }) =>
    split?.folds ? [...jsonFiles, ...tables] : [...jsonFiles, ...names.map((name) => `${name}.arrow`)],
  );
  const { folds } = read.manifest.split ?? {};
  if (folds) {
    return {
      ...partsOf(read, folder),
      kind: 'folds',
      rows: foldedOf(read, 'rows', folds.count),
      filtered: foldedOf(read, 'filtered', folds.count),
      count: folds.count,
    };
  }
  const splits = Object.fromEntries(names.map((name) => [name, splitOf(read, name)]));
  return { ...partsOf(read, folder), kind: 'hold-out', splits: splits as Record<Name, SplitTable> };
}

/** Reads what is known of a dataset, and none of its rows. @throws as {@link readDataset}. */
export async function readDatasetParts(folder: string): Promise<ReadDataset> {
  return partsOf(await readFolder(folder, 'dataset', jsonFiles), folder);
}

function partsOf(read: ResultFiles & { readonly manifest: Manifest }, folder: string): ReadDataset {
  return {
    folder,
    manifest: read.manifest,
    schema: jsonOf(read, 'schema.json', datasetSchema),
    recipe: jsonOf(read, 'recipe.json', recipeSchema),
    profile: jsonOf(read, 'profile.json', profileSchema),
    quality: jsonOf(read, 'quality.json', qualityReportSchema),
  };
}

/**
 * A dataset of which training, validation and test rows are needed.
 *
 * @param verb what needs them. @throws ConfigurationError for one in folds.
 */
export function heldOut<Name extends DatasetTableName>(
  dataset: Dataset<Name>,
  verb: string,
): HeldOutDataset<Name> {
  if (dataset.kind === 'hold-out') return dataset;
  throw new ConfigurationError(
    `the dataset in ${dataset.folder} is in ${dataset.count} folds, and ${verb} needs training, validation and test rows: ciclo lock --folds off divides the rows so`,
  );
}

function splitOf(read: ResultFiles, name: DatasetTableName): SplitTable {
  return identified(read, name);
}

function foldedOf(read: ResultFiles, name: 'rows' | 'filtered', count: number): FoldedTable {
  const { table, ids, folds } = identified(read, name);
  if (!folds) throw new IntegrityError(`${read.place}/${name}.arrow has no column _fold: ${read.remedy}`);
  const strange = folds.find((fold) => fold >= count && fold !== onlyTrains);
  if (strange !== undefined) {
    throw new IntegrityError(
      `${read.place}/${name}.arrow has a row in fold ${strange}, and its manifest states folds 0 to ${count - 1}: ${read.remedy}`,
    );
  }
  return { table, ids, folds };
}

function identified(read: ResultFiles, name: string): SplitTable & { readonly folds?: Uint8Array } {
  const file = `${name}.arrow`;
  const { table, ids, folds } = tableFromArrow(bytesOf(read, file), `${read.place}/${file}`);
  if (!ids) throw new IntegrityError(`${read.place}/${file} has no column _row: ${read.remedy}`);
  return { table, ids, ...(folds ? { folds } : {}) };
}
