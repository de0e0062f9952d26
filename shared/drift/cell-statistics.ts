import type { CellPair } from './cell-pair.ts';
import { type ContingencyTest, chiSquared } from './chi-squared.ts';
import { biasCorrectedCramersV, cramersV } from './cramers-v.ts';
import type { ColumnStatistics } from './drift-report.ts';
import { gTest } from './g-test.ts';
import { hellinger } from './hellinger.ts';
import { jensenShannonDistance, jensenShannonDivergence } from './jensen-shannon.ts';
import { lInfinity } from './l-infinity.ts';
import { populationStabilityIndex } from './population-stability-index.ts';
import { totalVariation } from './total-variation.ts';

/** Statistics of shares, of categories or of bins. */
export function shareStatistics(pair: CellPair): ColumnStatistics {
  return {
    'jensen-shannon-distance': { value: jensenShannonDistance(pair) },
    'jensen-shannon-divergence': { value: jensenShannonDivergence(pair) },
    psi: { value: populationStabilityIndex(pair) },
    'total-variation': { value: totalVariation(pair) },
    'l-infinity': { value: lInfinity(pair) },
    hellinger: { value: hellinger(pair) },
  };
}

function tested({ value, p }: ContingencyTest): { value: number; p: number } {
  return { value, p };
}

/** Statistics of a contingency table. */
export function tableStatistics(pair: CellPair): ColumnStatistics {
  return {
    'chi-squared': tested(chiSquared(pair)),
    'g-test': tested(gTest(pair)),
    'cramers-v': { value: cramersV(pair) },
    'cramers-v-corrected': { value: biasCorrectedCramersV(pair) },
  };
}
