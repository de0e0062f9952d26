import { deriveColumns } from '../derive/derive.ts';
import { compileRowDerivation, planDerivations } from '../derive/derive-plan.ts';
import { type ColumnExchange, createExchange } from '../derive/exchange-column.ts';
import { numberInRow, textInRow } from '../table/row-values.ts';
import { type ColumnType, columnOf, type Row, type Table } from '../table/table.ts';
import { type BlockWriter, bindCategories, bindNumbers, clearInputs } from './recipe-blocks.ts';
import { type Encoder, encoderOf, readTypes } from './recipe-encoders.ts';
import type { Recipe } from './recipe-schema.ts';

/** One of a model's inputs. */
export interface RecipeInput {
  /** `weight`, `origin=USA`, `origin (other)`, `horsepower (missing)`, `sold (month sine)`. */
  readonly name: string;
  /** The column, or derived column, that it comes from. */
  readonly column: string;
}

/** Writes the inputs of a table's rows `from` (inclusive) to `to` (exclusive) into the beginning of `out`, row-major. */
export type TableEncoder = (from: number, to: number, out: Float32Array) => void;

/** A recipe that is ready to run; tables and records go through the same functions, to the same 32-bit floats. */
export interface RecipeRunner {
  /** The number of inputs. */
  readonly width: number;
  readonly inputs: readonly RecipeInput[];
  /**
   * A table's inputs, row-major, rows × width.
   *
   * @param range rows from (inclusive) and to (exclusive), for tables whose inputs would not fit into memory at once.
   * @throws RangeError when the table lacks a column of the recipe or has it in another type.
   */
  applyTable(table: Table, range?: { readonly from: number; readonly to: number }): Float32Array;
  /**
   * A table's inputs, kept so that single columns can be exchanged.
   *
   * @throws RangeError as {@link RecipeRunner.applyTable}.
   */
  encode(table: Table): EncodedTable;
  /**
   * The same for a table that is encoded in parts: its derived columns are computed and its categories placed once.
   *
   * @throws RangeError as `applyTable`.
   */
  bindTable(table: Table): TableEncoder;
  /**
   * One row's inputs, written into `out` from `offset` (default 0); `width` numbers are overwritten.
   * A column that the row does not have counts as missing.
   *
   * @throws TypeError when a value is of another type than its column.
   */
  applyRecord(row: Row, out: Float32Array, offset?: number): void;
}

/** A table's inputs, of which one column at a time gets other values. */
export interface EncodedTable {
  /** Row-major rows × width; an exchange changes them in place. */
  readonly inputs: Float32Array;
  readonly exchange: ColumnExchange;
}

/** More inputs than any model here can train on: a recipe that asks for them is a mistake or an attack. */
const widest = 262_144;

/** Rows are encoded in blocks that stay in the cache while one feature after the other writes its inputs. */
const blockRows = 512;

/** A feature among the others. */
interface PlacedFeature {
  readonly encoder: Encoder;
  readonly column: string;
  readonly type: ColumnType;
  /** Its first input. */
  readonly start: number;
  /** Its place among the derived columns; -1 when it is a column of the row. */
  readonly derived: number;
}

/**
 * Makes a recipe runnable. Derived columns are compiled again from their text under the same restrictions, so
 * that a recipe from elsewhere can do nothing but compute.
 *
 * @throws ConfigurationError when a derived column's expression is not allowed.
 * @throws RangeError when a feature reads a column that the recipe does not have, or has in another type.
 */
export function compileRecipe(recipe: Recipe): RecipeRunner {
  const plan = planDerivations(
    recipe.columns,
    recipe.derived,
    (name) => `recipe.json, derived column ${name}`,
  );
  const deriveRow = compileRowDerivation(plan);
  const inputs: RecipeInput[] = [];
  const features = recipe.features.map((feature): PlacedFeature => {
    const { column } = feature;
    const type = readTypes[feature.kind];
    const found = plan.slots.find(({ name }) => name === column);
    if (found?.type !== type) {
      throw new RangeError(
        `the recipe reads ${column} as a ${type}, but ${found ? `it is a ${found.type}` : 'has no such column'}`,
      );
    }
    const encoder = encoderOf(feature);
    const start = inputs.length;
    for (const name of encoder.names) inputs.push({ name, column });
    if (inputs.length > widest) {
      throw new RangeError(
        `the recipe makes more than ${widest} inputs; hash its largest categories into fewer buckets`,
      );
    }
    return {
      encoder,
      column,
      type,
      start,
      derived: plan.derived.findIndex(({ name }) => name === column),
    };
  });
  const width = inputs.length;
  const featuresOf = Map.groupBy(features, ({ column }) => column);

  function bind({ encoder, column: name, type }: PlacedFeature, table: Table): BlockWriter {
    const column = columnOf(table, name);
    if (column.type !== type) {
      throw new RangeError(
        `column ${name} of the table is a ${column.type}; the recipe was fitted on a ${type}`,
      );
    }
    return encoder.kind === 'numbers'
      ? bindNumbers(encoder, column, width)
      : bindCategories(encoder, column, width);
  }

  function bindTable(table: Table): TableEncoder {
    const complete = deriveColumns(table, plan);
    const writers = features.map((feature) => bind(feature, complete));
    return (start, end, out) => {
      out.fill(0, 0, (end - start) * width);
      for (let from = start; from < end; from += blockRows) {
        const to = Math.min(from + blockRows, end);
        const at = (from - start) * width;
        for (let f = 0; f < writers.length; f++) writers[f]!(from, to, out, at + features[f]!.start);
      }
    };
  }

  function applyTable(table: Table, { from, to } = { from: 0, to: table.rows }): Float32Array {
    const out = new Float32Array((to - from) * width);
    bindTable(table)(from, to, out);
    return out;
  }

  function encode(table: Table): EncodedTable {
    const encoded = applyTable(table);
    const write = (name: string, from: Table): void => {
      for (const feature of featuresOf.get(name) ?? []) {
        clearInputs(encoded, feature.start, feature.encoder.names.length, width);
        bind(feature, from)(0, table.rows, encoded, feature.start);
      }
    };
    return { inputs: encoded, exchange: createExchange(table, plan, write) };
  }

  function applyRecord(row: Row, out: Float32Array, offset = 0): void {
    out.fill(0, offset, offset + width);
    const derivedValues = plan.derived.length > 0 ? deriveRow(row) : [];
    for (let f = 0; f < features.length; f++) {
      const { encoder, column, type, start, derived } = features[f]!;
      const value = derived < 0 ? row[column] : derivedValues[derived];
      const at = offset + start;
      if (encoder.kind === 'numbers') {
        encoder.kernel(numberInRow(value, column, type), out, at);
        continue;
      }
      const category = textInRow(value, column);
      const { input, value: written } = encoder.place(category);
      if (input >= 0) out[at + input] = written;
      if (category === null && encoder.indicator >= 0) out[at + encoder.indicator] = 1;
    }
  }

  return { width, inputs, applyTable, bindTable, encode, applyRecord };
}
