import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { BooleanProfile, CategoryProfile } from '../../dataset/profile/profile-schema.ts';
import { counted } from '../../text/counts.ts';
import { measuredShare } from '../../text/percent.ts';
import { cellsUsed, chiSquared, withRareTogether } from '../hypothesis-tests/chi-squared.ts';
import { chiSquaredPermutationP } from '../hypothesis-tests/permutation.ts';
import { twoProportions } from '../hypothesis-tests/two-proportion.ts';
import type { ColumnDrift, ColumnStatistics, Effect } from '../report/drift-report.ts';
import {
  type CategoryPair,
  countedCategories,
  countedColumn,
  pairOfCategories,
} from '../samples/category-pair.ts';
import { rowsOf } from '../samples/cell-pair.ts';
import { fewerRows, scaledPair } from '../samples/thinned-pair.ts';
import { categoryStructure } from './category-structure.ts';
import { shareStatistics, tableStatistics } from './cell-statistics.ts';
import {
  type ColumnSides,
  type Evidence,
  type EvidenceSettings,
  type Hypothesis,
  isShown,
  noEvidence,
} from './evidence.ts';

/**
 * Expected count in every cell from which on the chi-squared distribution holds well enough. Cochran's 5 is enough for
 * a level of 5 %; at the small levels that many columns leave to each, and with samples of unlike size, it calls two to
 * four times too many (simulated: 20 categories, 1,000 against 10,000 rows).
 */
const enoughExpected = 50;
/** From 5 expected on a p-value below this is far from any level, even if it is some times too small. */
const leastExpected = 5;
const clear = 1e-7;
const shownBins = 20;

interface CategorySides extends ColumnSides {
  readonly reference: CategoryProfile | BooleanProfile;
  readonly current: CategoryProfile | BooleanProfile;
}

function pairOfSides({
  reference,
  current,
  referenceColumn,
  currentColumn,
  minCount,
}: CategorySides): CategoryPair {
  if (reference.type === 'boolean' || current.type === 'boolean') {
    const cells = (profile: CategoryProfile | BooleanProfile): Float64Array =>
      profile.type === 'boolean' ? Float64Array.of(profile.false, profile.true) : Float64Array.of(0, 0);
    const labels = ['false', 'true'];
    return {
      labels,
      reference: cells(reference),
      current: cells(current),
      exact: true,
      added: [],
      hidden: 0,
    };
  }
  return pairOfCategories(
    referenceColumn?.type === 'category'
      ? countedColumn(referenceColumn)
      : countedCategories(reference, minCount),
    currentColumn?.type === 'category' ? countedColumn(currentColumn) : countedCategories(current),
  );
}

/** The p-value by which the column is judged: exact for two cells, permuted where counts are small. */
function judged(
  pair: CategoryPair,
  { random, permutations, dealt, effective }: EvidenceSettings,
): Pick<Hypothesis, 'method' | 'p'> {
  if (dealt && pair.exact) return { method: 'permutation', p: dealt('values', 'chi-squared') };
  const fewer = fewerRows(pair, effective.values);
  const counted = fewer.observed ?? pair;
  const test = chiSquared(counted);
  if (test.degrees === 1) {
    const rows = rowsOf(fewer);
    const i = pair.reference.findIndex((count, at) => count + pair.current[at]! > 0);
    const { exact } = twoProportions(
      { count: fewer.reference[i]!, rows: rows.reference },
      { count: fewer.current[i]!, rows: rows.current },
    );
    if (exact !== undefined) return { method: 'exact', p: exact };
  }
  const enough =
    test.leastExpected >= enoughExpected || (test.leastExpected >= leastExpected && test.p < clear);
  if (enough) return { method: 'asymptotic', p: test.p };
  // Of a large table with rare categories the frequent ones may say enough, and permuting it takes long.
  const frequent = chiSquared(withRareTogether(counted, leastExpected));
  if (frequent.leastExpected >= leastExpected && frequent.p < clear) {
    return { method: 'asymptotic', p: frequent.p };
  }
  return {
    method: 'permutation',
    p: chiSquaredPermutationP(fewer, { random: random.fork('chi-squared'), permutations }),
  };
}

function binsIn(pair: CategoryPair): ColumnDrift['bins'] {
  const all = pair.labels.map((label, i) => ({
    label,
    reference: pair.reference[i]!,
    current: pair.current[i]!,
  }));
  const sorted = all
    .filter(({ label, ...counts }) => label !== undefined && isShown(counts))
    .sort((a, b) => b.reference + b.current - a.reference - a.current);
  const few = sorted.length <= shownBins && sorted.length === all.length;
  const shown = few ? sorted : sorted.slice(0, shownBins - 1);
  const rows = rowsOf(pair);
  const rest = shown.reduce(
    (left, bin) => ({ reference: left.reference - bin.reference, current: left.current - bin.current }),
    rows,
  );
  const bins = shown.map(({ label = '', ...counts }) => ({ label, ...counts }));
  return rest.reference + rest.current > 0 ? [...bins, { label: 'all others', ...rest }] : bins;
}

function noteOf({ added, exact, ...pair }: CategoryPair): string[] {
  const rows = rowsOf(pair).current;
  const fresh = added.reduce((sum, { count }) => sum + count, 0);
  return [
    ...(fresh > 0
      ? [
          `${counted(added.length, 'new category', 'new categories')} in ${measuredShare(fresh / rows)} of the current rows`,
        ]
      : []),
    ...(exact
      ? []
      : ['rare categories are compared together: there are too many, or the profile does not name them all']),
  ];
}

function statisticsOf(pair: CategoryPair, { method, p }: Pick<Hypothesis, 'method' | 'p'>): ColumnStatistics {
  const { 'chi-squared': test, ...others } = tableStatistics(pair);
  const extra =
    method === 'permutation' ? { 'p-permutation': p } : method === 'exact' ? { 'p-exact': p } : {};
  return { ...shareStatistics(pair), ...(test ? { 'chi-squared': { ...test, ...extra } } : {}), ...others };
}

/** What two samples of categories or booleans say; each needs a row with a value. */
export function categoryEvidence(sides: CategorySides, settings: EvidenceSettings): Evidence {
  const pair = pairOfSides(sides);
  if (!pair.exact && cellsUsed(pair) < 2) {
    return noEvidence('too-many-categories', [
      'the profiles name too few categories in common to compare them; with the rows of both sides they can be',
    ]);
  }
  const constant = cellsUsed(pair) === 1;
  const test = judged(pair, settings);
  const statistics = statisticsOf(pair, test);
  const effects = (['jensen-shannon-distance', 'total-variation'] as const).map((name): Effect => {
    return { name, value: statistics[name]?.value ?? 0, floor: settings.floors[name] };
  });
  return {
    outcome: constant ? 'constant' : 'compared',
    statistics,
    hypotheses: constant ? [] : [{ of: 'values', test: 'chi-squared', ...test, effects }],
    exact: pair.exact,
    bins: binsIn(pair),
    added: pair.added
      .filter(({ count }) => count >= fewestPublishedRows)
      .slice(0, shownBins)
      .map(({ value, count }) => ({ value, rows: count })),
    unit: 'share-of-rows',
    detectable: { of: 'move', pair: scaledPair(pair, settings.effective.values) },
    notes: noteOf(pair),
    structure: categoryStructure(sides.reference.name, pair, settings.effective.structure),
  };
}
