import { type CellPair, rowsOf } from '../samples/cell-pair.ts';
import { type ContingencyTest, contingencyTest } from './chi-squared.ts';

/**
 * The G-test of homogeneity: 2 Σ observed · ln(observed / expected), the likelihood ratio beside Pearson's chi-squared.
 *
 * Wilks, "The likelihood test of independence in contingency tables", 1935. scipy:
 * `chi2_contingency(..., correction=False, lambda_="log-likelihood")`.
 */
export function gTest(pair: CellPair): ContingencyTest {
  const rows = rowsOf(pair);
  const all = rows.reference + rows.current;
  const part = (observed: number, cell: number, side: number): number =>
    observed > 0 ? observed * Math.log((observed * all) / (cell * side)) : 0;
  let value = 0;
  for (let i = 0; i < pair.reference.length; i++) {
    const a = pair.reference[i]!;
    const b = pair.current[i]!;
    value += part(a, a + b, rows.reference) + part(b, a + b, rows.current);
  }
  return contingencyTest(pair, Math.max(0, 2 * value));
}
