// What a command is trained on: the rows as files, and what their columns are.
import type { CommandCandidate } from '../../config/sections/candidates/command-candidate.ts';
import { tableToArrow } from '../../dataset/arrow/arrow.ts';
import { tableToCsv } from '../../dataset/csv/csv.ts';
import { deriveColumns } from '../../dataset/derive/derive.ts';
import { planDerivations } from '../../dataset/derive/derive-plan.ts';
import { tableToParquet } from '../../dataset/parquet/parquet.ts';
import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { SplitTable } from '../../dataset/split/split-table.ts';
import { type Column, columnOf, type Table, tableOf } from '../../dataset/table/table.ts';
import { formatJson } from '../../platform/json.ts';
import { type ModelColumn, modelColumns } from '../onnx/model-columns.ts';
import { rowNames } from './row-name.ts';

/** The rows that a command gets. */
export interface HandoverRows {
  readonly train: SplitTable;
  readonly validation: SplitTable;
  /** Those of the test split, or of the fold that is to be predicted. Whatever their table holds, the target is not handed over. */
  readonly heldOut: SplitTable;
  /** The fold, from 0, whose rows are held out; `final` where all rows train what is deployed. Absent: there are no folds. */
  readonly fold?: number | 'final';
}

/** What the rows are, and how they are asked for. */
export interface HandoverInput {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly rows: HandoverRows;
  readonly format: CommandCandidate['format'];
  readonly seed: number;
}

/** What a command is given. */
export interface Handover {
  /** The files of the folder `CICLO_DATASET`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The column of the rows' ids. */
  readonly idColumn: string;
  /** Ciclo's variables. @param folder where the files are. @param output the folder to write into. */
  variables(folder: string, output: string): Record<string, string>;
}

const encoders = { csv: tableToCsv, parquet: tableToParquet, arrow: tableToArrow } as const;

/** The files and variables for a command. */
export function handoverOf({ schema, recipe, rows, format, seed }: HandoverInput): Handover {
  const plan = planDerivations(
    recipe.columns,
    recipe.derived,
    (name) => `recipe.json, derived column ${name}`,
  );
  const columns = modelColumns(schema, recipe);
  const features = columns.map(({ name }) => name);
  const idColumn = features.includes('id') || schema.target === 'id' ? '_row' : 'id';
  const tableFor = ({ table, ids }: SplitTable, target: readonly string[]): Table => {
    const derived = deriveColumns(table, plan);
    const handed = [...features, ...target].map((name): [string, Column] => [name, columnOf(derived, name)]);
    return tableOf([[idColumn, idsAsTexts(ids)], ...handed]);
  };
  const tables = {
    train: tableFor(rows.train, [schema.target]),
    validation: tableFor(rows.validation, [schema.target]),
    'held-out': tableFor(rows.heldOut, []),
  };
  const names = {
    train: `train.${format}`,
    validation: `validation.${format}`,
    heldOut: `held-out.${format}`,
  };
  return {
    idColumn,
    files: new Map([
      ...Object.entries(tables).map(([name, table]): [string, Uint8Array] => [
        `${name}.${format}`,
        encoders[format](table),
      ]),
      ['schema.json', new TextEncoder().encode(formatJson(describe(schema, columns, idColumn)))],
    ]),
    variables: (folder, output) => ({
      CICLO_DATASET: folder,
      CICLO_TRAIN: `${folder}/${names.train}`,
      CICLO_VALIDATION: `${folder}/${names.validation}`,
      CICLO_HELD_OUT: `${folder}/${names.heldOut}`,
      CICLO_SCHEMA: `${folder}/schema.json`,
      CICLO_OUTPUT: output,
      CICLO_FORMAT: format,
      CICLO_ID: idColumn,
      CICLO_TARGET: schema.target,
      CICLO_TASK: schema.task,
      CICLO_SEED: String(seed),
      CICLO_FOLD: foldWord(rows.fold),
    }),
  };
}

/** Folds are counted from 1. */
function foldWord(fold: HandoverRows['fold']): string {
  return fold === undefined ? 'hold-out' : typeof fold === 'number' ? String(fold + 1) : fold;
}

function idsAsTexts(ids: BigUint64Array): Column {
  return {
    type: 'category',
    dictionary: rowNames(ids),
    codes: Int32Array.from({ length: ids.length }, (_, row) => row),
  };
}

/** schema.json as the command gets it: the columns that it may use, in order. */
function describe(
  { task, target, classes, positive, columns: known }: DatasetSchema,
  columns: readonly ModelColumn[],
  idColumn: string,
) {
  const notes = new Map(known.map(({ name, description, unit }) => [name, { description, unit }]));
  return {
    version: 1,
    task,
    target,
    id: idColumn,
    ...(classes ? { classes } : {}),
    ...(positive === undefined ? {} : { positive }),
    columns: columns.map((column) => {
      const { description, unit } = notes.get(column.name) ?? {};
      return {
        ...column,
        ...(description === undefined ? {} : { description }),
        ...(unit === undefined ? {} : { unit }),
      };
    }),
  };
}
