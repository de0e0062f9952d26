import { Numbering } from '../../platform/numbering.ts';
import { formatCount } from '../../text/counts.ts';
import { isNamedIdentifier, isRoleDeclared } from '../identity/identifiers.ts';
import type { Sides } from '../split/split.ts';
import { type Column, columnOf } from '../table/table.ts';
import { yamlText } from '../types/declared-line.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import type { QualityRemark } from './quality-report.ts';

const fewestRows = 100;
const fewestValues = 20;
/** A column that is not called an identifier stands for things only when each has few rows. */
const mostRowsEach = 10;

/**
 * Columns that stand for things (customers, patients) with several rows each, which the split divides: a model may know
 * the thing of a test row from training. Columns called identifiers, and texts with many values of few rows.
 */
export function groupRemarks(checked: CheckedDataset): QualityRemark[] {
  const { config, columns, table, sides, inFolds } = checked;
  if (config.data.group !== undefined || config.split.by !== 'hash' || table.rows < fewestRows) return [];
  return columns.flatMap(({ name, type, missing, distinct }): QualityRemark[] => {
    const each = (table.rows - missing) / distinct;
    const named = isNamedIdentifier(name);
    const stands = named ? each >= 1.2 : type === 'category' && each >= 2 && each <= mostRowsEach;
    if (!stands || distinct < fewestValues || isRoleDeclared(name, config)) return [];
    const values = valueCodes(columnOf(table, name));
    const straddling = values ? countStraddlingValues(values, sides) : 0;
    if (straddling === 0) return [];
    return [
      {
        column: name,
        kind: 'group',
        message: `${name} has ${formatCount(distinct)} values with about ${formatCount(Math.round(each))} rows each, and ${formatCount(straddling)} of them have rows ${inFolds ? 'in several folds' : 'on several sides of the split'}: what a model memorises of one in training makes its evaluation optimistic. If the rows of one belong together, data.group: ${yamlText(name)} keeps them ${inFolds ? 'in one fold' : 'on one side'}`,
      },
    ];
  });
}

/** A whole number from 0 for every value, -1 where missing; undefined for columns that cannot stand for things. */
function valueCodes(column: Column): Int32Array | undefined {
  if (column.type === 'category') return column.codes;
  if (column.type !== 'number') return undefined;
  const known = new Numbering<number>();
  return Int32Array.from(column.values, (value) => (Number.isNaN(value) ? -1 : known.of(value)));
}

function countStraddlingValues(codes: Int32Array, sides: Sides): number {
  const seen = new Int32Array(codes.reduce((most, code) => Math.max(most, code + 1), 0));
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0) seen[code]! |= 1 << sides[row]!;
  }
  let straddling = 0;
  for (const places of seen) if ((places & (places - 1)) !== 0) straddling++;
  return straddling;
}
