import type { ColumnProfile } from '../../dataset/profile/profile-schema.ts';
import { wholeRows } from '../dependence/effective-rows.ts';
import { type Proportion, twoProportions } from '../hypothesis-tests/two-proportion.ts';
import { joinedStructure } from '../structural/structural-test.ts';
import { categoryEvidence } from './category-evidence.ts';
import {
  type ColumnSides,
  type Evidence,
  type EvidenceSettings,
  type Hypothesis,
  noEvidence,
} from './evidence.ts';
import { missingStructure } from './missing-structure.ts';
import { numberEvidence } from './number-evidence.ts';
import { retypedExamples } from './retyped-values.ts';

/** Rows of a table by side, those with missing values included. */
export interface TableRows {
  readonly reference: number;
  readonly current: number;
}

/** Whether the share of missing values is the same; nothing to test where none, or all, are missing on both sides. */
function missingTest(
  sides: ColumnSides,
  rows: TableRows,
  { floors, effective, dealt }: EvidenceSettings,
): Hypothesis[] {
  const missing = sides.reference.missing + sides.current.missing;
  if (missing === 0 || missing === rows.reference + rows.current) return [];
  const shares = effective.missing;
  const { p, exact } = twoProportions(
    fewer({ count: sides.reference.missing, rows: rows.reference }, shares.reference),
    fewer({ count: sides.current.missing, rows: rows.current }, shares.current),
  );
  const value = sides.current.missing / rows.current - sides.reference.missing / rows.reference;
  const judged = dealt
    ? ({ method: 'permutation', p: dealt('missing', 'chi-squared') } as const)
    : ({ method: exact === undefined ? 'asymptotic' : 'exact', p: exact ?? p } as const);
  return [
    {
      of: 'missing',
      test: 'two-proportion',
      ...judged,
      effects: [{ name: 'missing-share', value: Math.abs(value), floor: floors['missing-share'] }],
    },
  ];
}

/** As many as count. */
function fewer({ count, rows }: Proportion, share: number): Proportion {
  return share === 1 ? { count, rows } : { count: Math.round(count * share), rows: wholeRows(rows, share) };
}

function valuesEvidence(sides: ColumnSides, settings: EvidenceSettings): Evidence {
  const { reference, current } = sides;
  if (reference.type === 'category' || reference.type === 'boolean') {
    if (current.type === reference.type) return categoryEvidence({ ...sides, reference, current }, settings);
  } else if (current.type === reference.type) {
    return numberEvidence({ ...sides, reference, current }, settings);
  }
  return noEvidence('type-changed', [retypedNote(sides, current.type)]);
}

function retypedNote({ reference, currentColumn }: ColumnSides, type: string): string {
  return `it was a ${reference.type} and is a ${type} now${retypedExamples(reference.type, currentColumn)}`;
}

function structure(sides: ColumnSides): Evidence | undefined {
  const { reference, current } = sides;
  const { found } = current;
  if (found === undefined) return undefined;
  if (found !== 'absent') {
    return noEvidence('type-changed', [retypedNote(sides, found)]);
  }
  return reference.role === 'target'
    ? noEvidence('no-labels', ['not all current rows have their label yet'])
    : noEvidence('vanished', ['the current rows lack this column']);
}

function sideWord(reference: boolean, current: boolean): string {
  return reference && current ? 'both sides' : reference ? 'the reference' : 'the current rows';
}

/** What a column's two sides say, whatever they are: every state has an outcome. */
export function columnEvidence(sides: ColumnSides, rows: TableRows, settings: EvidenceSettings): Evidence {
  const structural = structure(sides);
  if (structural) return structural;
  const none = (profile: ColumnProfile, side: keyof TableRows): boolean => profile.missing >= rows[side];
  if (rows.reference === 0 || rows.current === 0) {
    return noEvidence('empty', [`no row on ${sideWord(rows.reference === 0, rows.current === 0)}`]);
  }
  const missing = missingTest(sides, rows, settings);
  const more = missingStructure(sides, rows, settings.effective.missingStructure);
  const [reference, current] = [none(sides.reference, 'reference'), none(sides.current, 'current')];
  if (reference || current) {
    const note = `every value is missing in ${sideWord(reference, current)}`;
    return { ...noEvidence('all-missing', [note]), hypotheses: missing, structure: more };
  }
  const evidence = valuesEvidence(sides, settings);
  return {
    ...evidence,
    hypotheses: [...evidence.hypotheses, ...missing],
    structure: joinedStructure(evidence.structure, more),
  };
}
