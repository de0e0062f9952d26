import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { profileNumbersOver } from '../../dataset/profile/profile-number.ts';
import type { NumberProfile } from '../../dataset/profile/profile-schema.ts';
import type { Column } from '../../dataset/table/table.ts';
import { declaredNumber } from '../../text/number-format.ts';
import type { EffectiveShares } from '../dependence/effective-rows.ts';
import { kolmogorovSmirnov } from '../hypothesis-tests/kolmogorov-smirnov.ts';
import { type Counted, countedValues } from '../samples/counted-values.ts';
import { countedProfile, type NumberPair, pairOfProfiles, pairOfValues } from '../samples/number-pair.ts';
import { constantP } from '../structural/constant-values.ts';
import { rangesApart } from '../structural/ranges-apart.ts';
import type { StructuralTest, Structure } from '../structural/structural-test.ts';
import { type Compared, factorWords, unitChange } from '../structural/unit-change.ts';
import type { ColumnSides } from './evidence.ts';
import { dateLabel } from './number-bins.ts';

/** A p-value above this is no unit change, whatever the factor. */
const mostP = 0.001;

interface NumberSides extends ColumnSides {
  readonly reference: NumberProfile;
  readonly current: NumberProfile;
}

/** What the comparison of the values has found already. */
export interface ComparedNumbers {
  readonly pair: NumberPair;
  /** Kolmogorov-Smirnov. */
  readonly distance: number;
  readonly p: number;
  /** For changes of structure: effective rows for each row. */
  readonly shares: EffectiveShares;
  /** Whether values grow, or fall, with time by their nature. */
  readonly moving: boolean;
  /** Rows that count in a comparison of values. */
  readonly rows: NumberPair['rows'];
}

function valuesOf(column: Column | undefined): Float64Array | undefined {
  return column?.type === 'number' ? column.values : undefined;
}

/** Compares the current values, divided by a factor, with the reference; undefined where they are not at hand. */
function dividing(sides: NumberSides, rows: NumberPair['rows']): ((factor: number) => Compared) | undefined {
  const current = valuesOf(sides.currentColumn);
  if (!current) return undefined;
  const before = valuesOf(sides.referenceColumn);
  const reference: Counted | undefined = before ? countedValues(before) : countedProfile(sides.reference);
  return (factor) => {
    const values = current.map((value) => value / factor);
    const pair = reference
      ? pairOfValues(reference, countedValues(values))
      : pairOfProfiles(sides.reference, profileNumbersOver(sides.reference, { type: 'number', values }));
    const { value, p } = kolmogorovSmirnov(pair, rows);
    return { value, p };
  };
}

/** The one value that all current rows have, as far as moments tell. */
function constantOf({ current }: NumberSides): number | undefined {
  const { min, max, count } = current.moments;
  return count > 0 && min !== null && min === max ? min : undefined;
}

/** Changes of a column of numbers or dates that have words of their own; one at most of unit, constant and range. */
export function numberStructure(sides: NumberSides, compared: ComparedNumbers): Structure {
  const { type } = sides.reference;
  // Dates move on by their nature, and so do numbers that have done so already.
  const tested: Structure['tested'] =
    type === 'date' ? ['constant'] : compared.moving ? ['unit', 'constant'] : ['unit', 'constant', 'apart'];
  return { tested, seen: [seenIn(sides, compared, tested)].filter((one) => one !== undefined) };
}

function seenIn(
  sides: NumberSides,
  { pair, p, distance, shares, rows }: ComparedNumbers,
  tested: Structure['tested'],
): StructuralTest | undefined {
  const { name, type } = sides.reference;
  const value = constantOf(sides);
  const constant = value === undefined ? undefined : constantP(pair, shares);
  if (value !== undefined && constant !== undefined) {
    const written = type === 'date' ? dateLabel(value) : declaredNumber(value);
    const shown = sides.current.moments.count >= fewestPublishedRows ? ` at ${written}` : '';
    return { change: 'constant', p: constant, words: `${name} is constant${shown}` };
  }
  if (!tested.includes('unit')) return undefined;
  const divided = p <= mostP ? dividing(sides, rows) : undefined;
  const factor = divided && unitChange({ value: distance, p }, divided);
  if (factor !== undefined) {
    return { change: 'unit', p, words: `${name} is ${factorWords(factor)}: has its unit changed?` };
  }
  const apart = tested.includes('apart') ? rangesApart(pair, shares) : undefined;
  if (!apart) return undefined;
  const rest = apart.all ? 'every value of the reference' : 'nearly all values of the reference';
  return { change: 'apart', p: apart.p, words: `${name} lies ${apart.side} ${rest}` };
}
