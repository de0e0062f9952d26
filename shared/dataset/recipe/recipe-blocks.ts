import type { Column } from '../table/table.ts';
import type { CategoryEncoder } from './category-encoders.ts';
import type { NumberEncoder } from './number-encoders.ts';

/** Writes rows `from` to `to` of a bound column, one row every `width` numbers, the first at `at`. */
export type BlockWriter = (from: number, to: number, out: Float32Array, at: number) => void;

/**
 * Writes what an encoder makes of a column of numbers, dates or booleans.
 *
 * @throws RangeError for a column of categories.
 */
export function bindNumbers(encoder: NumberEncoder, column: Column, width: number): BlockWriter {
  const { kernel } = encoder;
  if (column.type === 'category') throw new RangeError('numbers cannot be read from a category column');
  if (column.type === 'boolean') {
    const { values } = column;
    return (from, to, out, at) => {
      let place = at;
      for (let row = from; row < to; row++, place += width) {
        const value = values[row]!;
        kernel(value < 0 ? Number.NaN : value, out, place);
      }
    };
  }
  const { values } = column;
  return (from, to, out, at) => {
    let place = at;
    for (let row = from; row < to; row++, place += width) kernel(values[row]!, out, place);
  };
}

/**
 * Writes what an encoder makes of a column of categories. Each category is placed once; rows only look their code up.
 * Code -1, missing, is entry 0.
 *
 * @throws RangeError for a column that has none.
 */
export function bindCategories(encoder: CategoryEncoder, column: Column, width: number): BlockWriter {
  if (column.type !== 'category')
    throw new RangeError(`categories cannot be read from a ${column.type} column`);
  const { codes, dictionary } = column;
  const placements = [encoder.place(null), ...dictionary.map((category) => encoder.place(category))];
  const inputs = Int32Array.from(placements, ({ input }) => input);
  const values = Float32Array.from(placements, ({ value }) => value);
  const { indicator } = encoder;
  return (from, to, out, at) => {
    let place = at;
    for (let row = from; row < to; row++, place += width) {
      const code = codes[row]! + 1;
      const input = inputs[code]!;
      if (input >= 0) out[place + input] = values[code]!;
      if (code === 0 && indicator >= 0) out[place + indicator] = 1;
    }
  };
}

/** Sets some inputs of every row to 0, which is what an encoder that does not write leaves there. */
export function clearInputs(inputs: Float32Array, start: number, count: number, width: number): void {
  for (let place = start; place < inputs.length; place += width) inputs.fill(0, place, place + count);
}
