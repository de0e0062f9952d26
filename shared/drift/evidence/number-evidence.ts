import type { NumberProfile } from '../../dataset/profile/profile-schema.ts';
import { momentsOf } from '../../dataset/statistics/moments.ts';
import type { Column } from '../../dataset/table/table.ts';
import { counted } from '../../text/counts.ts';
import { plainNumber } from '../../text/number-format.ts';
import { type EffectiveShares, wholeRows } from '../dependence/effective-rows.ts';
import { lineOf } from '../detectable/detectable-shift.ts';
import { normalisedWasserstein, wasserstein } from '../distances/wasserstein.ts';
import { type CramerVonMises, cramerVonMises } from '../hypothesis-tests/cramer-von-mises.ts';
import { type KolmogorovSmirnov, kolmogorovSmirnov } from '../hypothesis-tests/kolmogorov-smirnov.ts';
import { kolmogorovPermutationP } from '../hypothesis-tests/permutation.ts';
import { tiedCramerVonMises } from '../hypothesis-tests/tied-cramer-von-mises.ts';
import type { ColumnStatistics, Effect } from '../report/drift-report.ts';
import { binsOf } from '../samples/bins.ts';
import { type Counted, countedValues } from '../samples/counted-values.ts';
import { type Memory, memoryFor } from '../samples/memory.ts';
import {
  cellError,
  countedProfile,
  isUsable,
  type NumberPair,
  pairOfProfiles,
  pairOfValues,
} from '../samples/number-pair.ts';
import { sideMedians } from '../samples/side-medians.ts';
import { fewerRows } from '../samples/thinned-pair.ts';
import { shareStatistics, tableStatistics } from './cell-statistics.ts';
import {
  type ColumnSides,
  type Evidence,
  type EvidenceSettings,
  type Hypothesis,
  noEvidence,
} from './evidence.ts';
import { binsIn } from './number-bins.ts';
import { numberStructure } from './number-structure.ts';

/** Different values up to which ties make the exact p-value much too large, so that rows are permuted. */
const fewValues = 50;
/** Below this even the p-value that ties make too large needs no other. */
const clear = 1e-4;

function countedSide(
  profile: NumberProfile,
  column: Column | undefined,
  memory: Memory,
): Counted | undefined {
  return column?.type === 'number' || column?.type === 'date'
    ? countedValues(column.values, memory)
    : countedProfile(profile);
}

interface NumberSides extends ColumnSides {
  readonly reference: NumberProfile;
  readonly current: NumberProfile;
}

/** @returns undefined where the reference's profile alone is at hand and says too little. */
function pairOfSides(sides: NumberSides, memory: Memory): NumberPair | undefined {
  const reference = countedSide(sides.reference, sides.referenceColumn, memoryFor('reference', memory));
  const current = countedSide(sides.current, sides.currentColumn, memoryFor('current', memory));
  if (reference && current) return pairOfValues(reference, current, memoryFor('pair', memory));
  return isUsable(sides.reference) ? pairOfProfiles(sides.reference, sides.current) : undefined;
}

/**
 * Wasserstein-1 of two samples. Over cells it is at least as far as the means are apart, which profiles know exactly: rows
 * beyond the outermost cells may lie anywhere.
 */
function distanceOf(pair: NumberPair, { reference, current }: NumberSides): number {
  const distance = wasserstein(pair);
  if (pair.exact || reference.moments.count === 0 || current.moments.count === 0) return distance;
  return Math.max(distance, Math.abs(current.moments.mean - reference.moments.mean));
}

function cellNote(pair: NumberPair, deviation: number): string {
  const cells = pair.low.length;
  const error = deviation > 0 ? cellError(pair) / deviation : undefined;
  return `compared by the reference profile, ${counted(cells, 'bin')} without ${cells === 1 ? 'its' : 'their'} rows${
    error === undefined || !Number.isFinite(error)
      ? ''
      : `: distances are right to about ${plainNumber(error)} standard deviations`
  }`;
}

/** Population standard deviation of the reference, 0 where there is none. */
function deviationOf({ reference, referenceColumn }: NumberSides): number {
  const { count, m2 } =
    referenceColumn?.type === 'number' || referenceColumn?.type === 'date'
      ? momentsOf(referenceColumn.values)
      : reference.moments;
  return count > 0 ? Math.sqrt(m2 / count) : 0;
}

/** Anderson's test, or where values are tied, binned or depend on each other, the one that takes account of it. */
function cramerVonMisesOf(pair: NumberPair, rows: NumberPair['rows']): CramerVonMises {
  const all = pair.rows.reference === rows.reference && pair.rows.current === rows.current;
  const untied = pair.exact && pair.low.length === pair.rows.reference + pair.rows.current;
  return all && untied ? cramerVonMises(pair) : tiedCramerVonMises(pair, pair.rows, rows);
}

/** The test's p-value by which the column is judged: the most exact one available. */
function judged(
  ks: KolmogorovSmirnov,
  pair: NumberPair,
  { random, permutations, dealt, effective }: EvidenceSettings,
): Pick<Hypothesis, 'method' | 'p'> {
  if (dealt) return { method: 'permutation', p: dealt('values', 'ks') };
  const own: Pick<Hypothesis, 'method' | 'p'> =
    ks.exact === undefined ? { method: 'asymptotic', p: ks.p } : { method: 'exact', p: ks.exact };
  if (!pair.exact || pair.low.length > fewValues || own.p < clear) return own;
  const p = kolmogorovPermutationP(fewerRows(pair, effective.values), {
    random: random.fork('ks'),
    permutations,
  });
  return { method: 'permutation', p };
}

/** Rows that count, whole. */
function effectiveRowsOf({ rows }: NumberPair, shares: EffectiveShares): NumberPair['rows'] {
  return {
    reference: wholeRows(rows.reference, shares.reference),
    current: wholeRows(rows.current, shares.current),
  };
}

function distances(distance: number, normalised: number | undefined): ColumnStatistics {
  return {
    wasserstein: { value: distance },
    'wasserstein-normalised': { value: normalised ?? null },
  };
}

/** What two samples of numbers or dates say; each needs a row with a value. */
export function numberEvidence(sides: NumberSides, settings: EvidenceSettings): Evidence {
  const pair = pairOfSides(sides, settings.memory);
  if (!pair) {
    return noEvidence('cannot-be-compared', [
      'cannot be compared: the profile of the reference shows too little of this column, and its rows are not available',
    ]);
  }
  const deviation = deviationOf(sides);
  const { values, structure, moving } = settings.effective;
  const rows = effectiveRowsOf(pair, values);
  const ks = kolmogorovSmirnov(pair, rows);
  const distance = distanceOf(pair, sides);
  const normalised = distance === 0 ? 0 : normalisedWasserstein(distance, deviation);
  const bins = binsOf(pair, sides.reference.type);
  const constant = pair.exact && pair.low.length === 1;
  const { method, p } = judged(ks, pair, settings);
  const floors = settings.floors;
  const effects: Effect[] = [{ name: 'ks', value: ks.value, floor: floors.ks }];
  if (normalised !== undefined) {
    const name = 'wasserstein-normalised';
    effects.unshift({ name, value: normalised, floor: floors[name] });
  }
  const spread = deviation > 0;
  const medians = sideMedians(pair, sides.reference.type);
  const notes = [
    ...(normalised === undefined
      ? ['the reference has no spread, so no distance in standard deviations is defined']
      : []),
    ...(pair.exact ? [] : [cellNote(pair, deviation)]),
  ];
  return {
    outcome: constant ? 'constant' : 'compared',
    statistics: {
      ks: {
        value: ks.value,
        p: ks.p,
        ...(ks.exact === undefined ? {} : { 'p-exact': ks.exact }),
        ...(method === 'permutation' ? { 'p-permutation': p } : {}),
      },
      ...(Math.min(pair.rows.reference, pair.rows.current) >= 2
        ? { 'cramer-von-mises': cramerVonMisesOf(pair, rows) }
        : {}),
      ...distances(distance, normalised),
      ...shareStatistics(bins),
      ...(bins.kind === 'values' || !pair.exact ? tableStatistics(bins) : {}),
    },
    hypotheses: constant ? [] : [{ of: 'values', test: 'ks', method, p, effects }],
    exact: pair.exact,
    bins: binsIn(bins, sides.reference.type),
    added: [],
    ...(medians ? { medians } : {}),
    unit: spread ? 'standard-deviations' : 'share-of-rows',
    detectable: spread ? { of: 'shift', line: lineOf(pair), rows, deviation } : { of: 'novelty', rows },
    notes,
    structure: numberStructure(sides, {
      pair,
      p,
      distance: ks.value,
      shares: structure,
      moving,
      rows,
    }),
  };
}
