import type { WideNumbers } from '../../dataset/values/decimal-text.ts';
import { quote } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ReadOptions } from '../types.ts';
import { featureLine } from './feature-line.ts';

/** How a column's numbers beyond ±2^53 are read: exactly where they tell rows apart or are names; else as numbers, with a warning. */
export function wideNumbers(
  column: string,
  file: string,
  { exactColumns, numberColumns, textColumns, declaredColumns }: ReadOptions,
  logger: Logger,
): WideNumbers {
  return {
    asTexts: (scale) =>
      textColumns.has(column) ||
      exactColumns?.has(column) === true ||
      (scale === 0 && numberColumns?.has(column) !== true),
    onLost(rows, row, text) {
      const values = rows === 1 ? 'one value has' : `${rows.toLocaleString('en-US')} values have`;
      const advice = declaredColumns?.has(column)
        ? ''
        : `. If they are names, add ${featureLine(column, 'category')}`;
      logger.warn(
        `column ${quote(column)}: ${values} more digits than a number keeps (${file} row ${row + 1}: ` +
          `${quote(text)} is read as ${Number(text)})${advice}`,
      );
    },
  };
}
