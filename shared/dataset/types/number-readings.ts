import { formatNotation } from '../values/number-example.ts';
import {
  isCurrency,
  isKnownUnit,
  knownMarks,
  type Marks,
  type NumberNotation,
  type NumberParts,
  numberIn,
  numberOfBody,
  numberParts,
} from '../values/number-notation.ts';
import { numberOfText } from '../values/number-text.ts';
import type { Reading, Readings } from './reading.ts';
import { rowsWhere, type TextCounts } from './text-counts.ts';

/** What is declared of a whole source's numbers. */
export type DeclaredMarks = Partial<Marks>;

/** Different numbers from which on a word that is not a known unit is taken for one. */
const fewestNumbers = 3;

/** Numbers as programs write them, in the grammar of CSV cells. */
const plain: Reading = {
  type: 'number',
  format: undefined,
  read: (text) => numberOrNone(numberOfText(text)),
};

function numberOrNone(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

/** A notation as a reading. */
function readingIn(notation: NumberNotation): Reading {
  return {
    type: 'number',
    format: formatNotation(notation),
    read: (text) => numberOrNone(numberIn(text, notation)),
  };
}

/**
 * In which notations the texts of a column are numbers. A leading zero before another digit makes an identifier of it
 * (`007`): such columns are none.
 *
 * @param declared the marks of the whole source, where it declares them.
 */
export function numberReadings(counts: TextCounts, declared: DeclaredMarks = {}): Readings {
  const { texts, present } = counts;
  if (texts.some((text) => /^\s*[+-]?0\d+\s*$/.test(text))) return { kind: 'none' };
  const isPlain = declared.decimal !== ',' && declared.thousands !== '.';
  const plainRows = isPlain ? rowsWhere(counts, (text) => plain.read(text) !== undefined) : 0;
  if (plainRows === present) return { kind: 'one', reading: plain };

  const parts = texts.map(numberParts);
  const unit = unitOf(counts, parts);
  const notations = knownMarks
    .filter(
      ({ decimal, thousands }) =>
        (declared.decimal === undefined || decimal === declared.decimal) &&
        (declared.thousands === undefined || thousands === '' || thousands === declared.thousands),
    )
    .map((marks): NumberNotation => ({ ...marks, ...unit }));
  const rows = notations.map((notation) =>
    rowsWhere(counts, (text) => !Number.isNaN(numberIn(text, notation))),
  );
  const best = Math.max(...rows);
  const fitting = notations.filter((_, i) => rows[i] === best);
  if (best === present && isUsable(unit.unit, counts)) {
    const different = differentNotations(fitting, parts);
    if (different.length === 1) return { kind: 'one', reading: readingIn(different[0]!) };
    return { kind: 'several', readings: different.map(readingIn) };
  }
  const known = unit.unit === '' || isKnownUnit(unit.unit);
  if (best * 2 > present && known) {
    return { kind: 'most', reading: plainRows === best ? plain : readingIn(fitting[0]!) };
  }
  const mixed = unit.unit !== '' && (known ? mixedUnits(counts, parts) : mixedMagnitudes(parts));
  return mixed ? { kind: 'most', reading: readingIn(fitting[0]!) } : { kind: 'none' };
}

/** Numbers, more than half of them with a currency or a usual unit, but not the same one. */
function mixedUnits({ rows, present }: TextCounts, parts: readonly (NumberParts | undefined)[]): boolean {
  let sum = 0;
  for (const [i, part] of parts.entries()) {
    if (!part) continue;
    const { before, behind } = part;
    const beside = before === '' ? behind === '' || isKnownUnit(behind) : behind === '' && isCurrency(before);
    const isNumber = knownMarks.some((marks) => !Number.isNaN(numberOfBody(part.body, marks)));
    if (beside && isNumber) sum += rows[i]!;
  }
  return sum * 2 > present;
}

const magnitude = /^(?:k|m|mn|mio|b|bn)$/i;

/**
 * Numbers all, of which some are written in thousands, millions or billions (`1.2k`, `3M`), and not all in the same: as texts none is
 * more than another. A house number may have a letter, too (`12`, `14b`), so that beside plain numbers it is thousands or millions.
 */
function mixedMagnitudes(parts: readonly (NumberParts | undefined)[]): boolean {
  const letters = new Set<string>();
  for (const part of parts) {
    if (part?.before !== '' || (part.behind !== '' && !magnitude.test(part.behind))) return false;
    if (knownMarks.every((marks) => Number.isNaN(numberOfBody(part.body, marks)))) return false;
    letters.add(part.behind.toLowerCase());
  }
  return letters.size > (letters.has('') && letters.has('b') ? 2 : 1);
}

type Unit = Pick<NumberNotation, 'unit' | 'unitFirst'>;

/** The currency before, or the word behind, that most numbers have; none when none has any. */
function unitOf({ rows }: TextCounts, parts: readonly (NumberParts | undefined)[]): Unit {
  const found = new Map<string, Unit & { rows: number }>();
  for (const [i, part] of parts.entries()) {
    if (!part || (part.before === '') === (part.behind === '')) continue;
    if (part.before !== '' && !isCurrency(part.before)) continue;
    const unit = { unit: part.before || part.behind, unitFirst: part.before !== '' };
    const key = `${unit.unitFirst} ${unit.unit}`;
    found.set(key, { ...unit, rows: (found.get(key)?.rows ?? 0) + rows[i]! });
  }
  const [most] = [...found.values()].sort((a, b) => b.rows - a.rows);
  return most ? { unit: most.unit, unitFirst: most.unitFirst } : { unit: '', unitFirst: false };
}

/** A word that is not a usual unit may be part of a name: `12 monkeys`, `12A`. */
function isUsable(unit: string, { texts }: TextCounts): boolean {
  if (unit === '' || isKnownUnit(unit)) return true;
  const apart = texts.every((text) => /\d\s+\S*\p{L}/u.test(text));
  return apart && texts.length >= fewestNumbers;
}

/** Of notations that fit every text one for each meaning: those that give other numbers than the ones before. */
function differentNotations(
  notations: readonly NumberNotation[],
  parts: readonly (NumberParts | undefined)[],
): NumberNotation[] {
  const bodies = [...new Set(parts.flatMap((part) => (part ? [part.body] : [])))];
  const kept: NumberNotation[] = [];
  for (const notation of notations) {
    const isNew = kept.every((other) =>
      bodies.some((body) => numberOfBody(body, other) !== numberOfBody(body, notation)),
    );
    if (isNew) kept.push(notation);
  }
  return kept;
}
