import { deriveColumns } from '../../dataset/derive/derive.ts';
import { compileRowDerivation, type DerivePlan } from '../../dataset/derive/derive-plan.ts';
import { type ColumnExchange, createExchange, derivedFrom } from '../../dataset/derive/exchange-column.ts';
import type { Recipe } from '../../dataset/recipe/recipe-schema.ts';
import { numberInRow, textInRow } from '../../dataset/table/row-values.ts';
import { type ColumnType, columnOf, type Row, type Table } from '../../dataset/table/table.ts';
import { numberBinner } from './bin-matrix.ts';
import { missingBin, otherBin } from './bins.ts';
import { partOf, planOf } from './tree-inputs.ts';
import { categoryBins, type TreeFeature } from './tree-model.ts';

/** Rows and tables put into the bins of a model's features. */
export interface TreeBinner {
  /** Row-major, (to - from) × features. */
  binTable(table: Table, from: number, to: number, out: Uint8Array): void;
  /** A table's bins, kept so that single columns can be exchanged. */
  encode(table: Table): BinnedTable;
  /** @throws TypeError when a value is of another type than its column. */
  binRecord(row: Row, out: Uint8Array): void;
}

/** A table's bins, of which one column at a time gets other values. */
export interface BinnedTable {
  /** Row-major rows × features; an exchange changes them in place. */
  readonly bins: Uint8Array;
  /** Whether any question is about a column, or about one that is derived from it. */
  readonly asksAbout: (name: string) => boolean;
  readonly exchange: ColumnExchange;
}

/**
 * Puts rows and tables into the bins of a model's features, in their order.
 *
 * @throws RangeError when the recipe has no such column, or has it in another type.
 */
export function createTreeBinner(recipe: Recipe, features: readonly TreeFeature[]): TreeBinner {
  const plan = planOf(recipe);
  const deriveRow = compileRowDerivation(plan);
  const width = features.length;
  const placed = features.map((feature) => placeFeature(feature, plan));
  const placesOf = Map.groupBy(placed.keys(), (f) => placed[f]!.column);
  let derived: { readonly from: Table; readonly complete: Table } | undefined;

  return {
    binTable(table, from, to, out) {
      // A table is binned in blocks; its derived columns are computed once.
      if (derived?.from !== table) derived = { from: table, complete: deriveColumns(table, plan) };
      for (let f = 0; f < width; f++) binColumn(placed[f]!, derived.complete, from, to, out, f, width);
    },
    encode(table) {
      const bins = new Uint8Array(table.rows * width);
      this.binTable(table, 0, table.rows, bins);
      const write = (name: string, from: Table): void => {
        for (const f of placesOf.get(name) ?? []) binColumn(placed[f]!, from, 0, table.rows, bins, f, width);
      };
      const asksAbout = (name: string): boolean =>
        placesOf.has(name) || derivedFrom(name, plan).some((column) => placesOf.has(column.name));
      return { bins, asksAbout, exchange: createExchange(table, plan, write) };
    },
    binRecord(row, out) {
      const values = plan.derived.length > 0 ? deriveRow(row) : [];
      for (let f = 0; f < width; f++) {
        const { column, derived: place, type, read, binOf, categories } = placed[f]!;
        const value = place < 0 ? row[column] : values[place];
        if (categories) {
          const text = textInRow(value, column);
          out[f] = text === null ? missingBin : (categories.get(text) ?? otherBin);
        } else out[f] = binOf(read(numberInRow(value, column, type)));
      }
    },
  };
}

interface PlacedFeature {
  readonly column: string;
  /** Its place among the derived columns; -1 when it is a column of the row. */
  readonly derived: number;
  readonly type: ColumnType;
  readonly edges: Float64Array;
  readonly read: (value: number) => number;
  readonly binOf: (value: number) => number;
  readonly categories: ReadonlyMap<string, number> | undefined;
}

function placeFeature(feature: TreeFeature, { slots, derived }: DerivePlan): PlacedFeature {
  const { column, part, edges } = feature;
  const type = slots.find(({ name }) => name === column)?.type;
  if (
    type === undefined ||
    (type === 'category') !== (feature.categories !== undefined) ||
    (type === 'date') !== (part !== undefined)
  ) {
    throw new RangeError(
      `the trees ask about ${column}${part === undefined ? '' : ` (${part})`}, but the recipe ${type ? `has it as a ${type}` : 'has no such column'}`,
    );
  }
  const read = part === undefined ? (value: number) => value : partOf(part);
  const categories = feature.categories ? categoryBins(feature) : undefined;
  const place = derived.findIndex(({ name }) => name === column);
  return { column, derived: place, type, edges, read, binOf: numberBinner(edges, 1), categories };
}

function binColumn(
  { column: name, type, edges, read, categories }: PlacedFeature,
  table: Table,
  from: number,
  to: number,
  out: Uint8Array,
  feature: number,
  width: number,
): void {
  const column = columnOf(table, name);
  if (column.type !== type) {
    throw new RangeError(
      `column ${name} of the table is a ${column.type}; the model was trained on a ${type}`,
    );
  }
  let o = feature;
  if (column.type === 'category') {
    const bins = Uint8Array.from(column.dictionary, (text) => categories!.get(text) ?? otherBin);
    for (let row = from; row < to; row++, o += width) {
      const code = column.codes[row]!;
      out[o] = code < 0 ? missingBin : bins[code]!;
    }
    return;
  }
  const binOf = numberBinner(edges, to - from);
  const { values } = column;
  const isBoolean = column.type === 'boolean';
  for (let row = from; row < to; row++, o += width) {
    const value = values[row]!;
    out[o] = binOf(isBoolean && value < 0 ? Number.NaN : read(value));
  }
}
