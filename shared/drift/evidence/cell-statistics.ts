import { biasCorrectedCramersV, cramersV } from '../distances/cramers-v.ts';
import { hellinger } from '../distances/hellinger.ts';
import { jensenShannonDistance, jensenShannonDivergence } from '../distances/jensen-shannon.ts';
import { lInfinity } from '../distances/l-infinity.ts';
import { populationStabilityIndex } from '../distances/population-stability-index.ts';
import { totalVariation } from '../distances/total-variation.ts';
import { type ContingencyTest, chiSquared } from '../hypothesis-tests/chi-squared.ts';
import { gTest } from '../hypothesis-tests/g-test.ts';
import type { ColumnStatistics } from '../report/drift-report.ts';
import type { CellPair } from '../samples/cell-pair.ts';

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
