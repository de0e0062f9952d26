import { tableFromArrow, tableToArrow } from '../../dataset/arrow/arrow.ts';
import { type Profile, profileSchema } from '../../dataset/profile/profile.ts';
import { type QualityReport, qualityReportSchema } from '../../dataset/quality/quality-report.ts';
import { type Recipe, recipeSchema } from '../../dataset/recipe/recipe.ts';
import { type DatasetSchema, datasetSchema } from '../../dataset/schema/schema.ts';
import type { SplitName, Splits, SplitTable } from '../../dataset/split/split-table.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { formatJson } from '../../platform/json.ts';
import type { Manifest } from './manifest.ts';
import { bytesOf, jsonOf, type ResultFiles } from './result-files.ts';
import { type FolderFiles, readFolder } from './run-folder.ts';

/** A prepared dataset's parts, as its folder holds them. */
export interface DatasetParts {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly profile: Profile;
  readonly quality: QualityReport;
}

/**
 * The tables of a dataset: the splits, and `filtered`, the rows that would be test rows had no filter on features
 * (`invalid: drop`, `missing: drop`) dropped them. They are not part of the test, but a change of filters must not shrink
 * the rows on which champion and challenger are compared. The file is always there; it may have no rows.
 */
export type DatasetTableName = SplitName | 'filtered';

/** A dataset as read, with the tables that were asked for. */
export interface Dataset<Name extends DatasetTableName> extends DatasetParts {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly splits: Readonly<Record<Name, SplitTable>>;
}

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(formatJson(value));

/** The files of a dataset folder. @param filteredTest see {@link DatasetTableName}. */
export function datasetFiles(parts: DatasetParts, splits: Splits, filteredTest: SplitTable): FolderFiles {
  const arrow = ({ table, ids }: SplitTable): Uint8Array => tableToArrow(table, ids);
  return new Map([
    ['train.arrow', arrow(splits.train)],
    ['validation.arrow', arrow(splits.validation)],
    ['test.arrow', arrow(splits.test)],
    ['filtered.arrow', arrow(filteredTest)],
    ['schema.json', encode(parts.schema)],
    ['recipe.json', encode(parts.recipe)],
    ['profile.json', encode(parts.profile)],
    ['quality.json', encode(parts.quality)],
  ]);
}

/**
 * Reads a dataset folder, every byte that it uses checked.
 *
 * @param names the tables to read: who need not see the test rows does not load them.
 * @throws ConfigurationError when there is none, IntegrityError when it is not what its manifest says.
 */
export async function readDataset<Name extends DatasetTableName>(
  folder: string,
  names: readonly Name[],
): Promise<Dataset<Name>> {
  const json = ['schema.json', 'recipe.json', 'profile.json', 'quality.json'];
  const read = await readFolder(folder, 'dataset', [...json, ...names.map((name) => `${name}.arrow`)]);
  const splits = Object.fromEntries(names.map((name) => [name, splitOf(read, name)]));
  return {
    folder,
    manifest: read.manifest,
    schema: jsonOf(read, 'schema.json', datasetSchema),
    recipe: jsonOf(read, 'recipe.json', recipeSchema),
    profile: jsonOf(read, 'profile.json', profileSchema),
    quality: jsonOf(read, 'quality.json', qualityReportSchema),
    splits: splits as Record<Name, SplitTable>,
  };
}

function splitOf(read: ResultFiles, name: DatasetTableName): SplitTable {
  const file = `${name}.arrow`;
  const { table, ids } = tableFromArrow(bytesOf(read, file), `${read.place}/${file}`);
  if (!ids) throw new IntegrityError(`${read.place}/${file} has no column _row: ${read.remedy}`);
  return { table, ids };
}
