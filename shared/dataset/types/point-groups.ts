import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { RowPlaces } from '../table/row-place.ts';
import type { NumberColumn } from '../table/table.ts';
import { parseNotation } from '../values/number-example.ts';
import { declarationOf } from './column-texts.ts';

/** A column that was read as plain numbers beside one that is written with a decimal comma. */
export interface PlainColumn {
  readonly name: string;
  readonly column: NumberColumn;
  readonly places: RowPlaces;
  /** The column with the decimal comma. */
  readonly beside: string;
}

/** Whether a format writes a comma before decimals. */
export function hasDecimalComma(format: string): boolean {
  return parseNotation(format)?.decimal === ',';
}

/**
 * Refuses plain numbers whose point may group digits: beside a column with decimal commas `1.234` may be 1234. Numbers of
 * three decimals look so; others (`204.73`) do not.
 *
 * @throws ConfigurationError with an example, and a line for ciclo.yml for each meaning.
 */
export function refusePointGroups({ name, column, places, beside }: PlainColumn): void {
  const { values } = column;
  let fractions = 0;
  let grouped = 0;
  let example = -1;
  for (let row = 0; row < values.length; row++) {
    const value = Math.abs(values[row]!);
    if (Number.isNaN(value) || Number.isInteger(value)) continue;
    fractions++;
    const thousandths = Number((value * 1000).toPrecision(12));
    if (value < 1 || value >= 1000 || !Number.isInteger(thousandths)) return;
    if (thousandths % 10 === 0) continue;
    grouped++;
    if (example < 0) example = row;
  }
  if (grouped * 2 <= fractions || example < 0) return;
  const shown = values[example]!;
  throw new ConfigurationError(
    [
      `column ${quote(name)}: its points may stand before decimals or between groups of digits: column ${quote(beside)} beside it has decimal commas`,
      `  ${places.describe(example)}: ${shown} is ${shown}, or ${Number((shown * 1000).toPrecision(12))}`,
      'add to ciclo.yml the line that is right:',
      `  ${declarationOf(name, { type: 'number', format: '1234.5' })}`,
      `  ${declarationOf(name, { type: 'number', format: '1.234,5' })}`,
    ].join('\n'),
  );
}
