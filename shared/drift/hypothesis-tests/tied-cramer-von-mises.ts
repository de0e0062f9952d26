import { chiSquaredSurvival } from '../distributions/chi-squared-distribution.ts';
import type { CellPair } from '../samples/cell-pair.ts';
import type { CramerVonMises } from './cramer-von-mises.ts';

/** Rows of each sample that count. */
interface Rows {
  readonly reference: number;
  readonly current: number;
}

/** Pooled shares of the cells, and of all cells up to each, by which the moments are summed. */
interface Cells {
  readonly share: Float64Array;
  readonly below: Float64Array;
}

/**
 * The first three cumulants of Σ w_i B(t_i)², a Brownian bridge's squares at the cells' upper ends t_i with their shares w_i as
 * weights: Σ w a_ii, 2 ΣΣ w w a_ij² and 8 ΣΣΣ w w w a_ij a_jk a_ki, with a_ij = t_i (1 - t_j) for i ≤ j. Sums over i before j
 * are carried along, so that it takes one pass.
 */
function cumulants({ share, below }: Cells): { mean: number; variance: number; third: number } {
  let mean = 0;
  let squares = 0;
  let cubes = 0;
  // Σ w t², Σ w t² over those before; Σ over pairs i < j of w_i w_j t_i² t_j (1 - t_j), and the same with w_i² or w_j².
  let before = 0;
  let pairs = 0;
  for (let i = 0; i < share.length; i++) {
    const w = share[i]!;
    const t = below[i]!;
    const rest = (1 - t) ** 2;
    const own = t * (1 - t);
    mean += w * own;
    squares += w * w * own * own + 2 * w * rest * before;
    cubes += w ** 3 * own ** 3 + 3 * w * w * own * rest * before + w * rest * pairs;
    pairs += 3 * w * w * t * t * own + 6 * w * own * before;
    before += w * t * t;
  }
  return { mean, variance: 2 * squares, third: 8 * cubes };
}

/**
 * The Cramér-von Mises test of samples with ties: T = nm/N² Σ (F - G)² over all pooled rows, F and G taken at the upper end of each
 * value, which without ties is Anderson's statistic. Midranks, as scipy takes them, count the order of equal rows as distance:
 * of a column that is 0 on half of the days that makes any two samples different. Its limit is a weighted sum of chi-squared
 * variables, of which the first three cumulants are those of the ties at hand, and whose tail is taken from a chi-squared
 * distribution with the same three (Hall, "Chi squared approximations to the distribution of a sum of independent random
 * variables", 1983).
 *
 * @param rows that count, where the rows depend on each other; default all.
 */
export function tiedCramerVonMises(
  pair: CellPair,
  { reference: n, current: m }: Rows,
  rows?: Rows,
): CramerVonMises {
  const all = n + m;
  const share = pair.reference.map((count, i) => (count + pair.current[i]!) / all);
  const below = new Float64Array(share.length);
  let a = 0;
  let b = 0;
  let sum = 0;
  for (let i = 0; i < share.length; i++) {
    a += pair.reference[i]!;
    b += pair.current[i]!;
    below[i] = Math.min(1, (a + b) / all);
    sum += share[i]! * (a / n - b / m) ** 2;
  }
  const value = ((n * m) / all) * sum;
  const [left, right] = [rows?.reference ?? n, rows?.current ?? m];
  const counted = ((left * right) / (left + right)) * sum;
  const { mean, variance, third } = cumulants({ share, below });
  if (!(variance > 0)) return { value, p: 1 };
  // Of so many rows drawn without replacement the mean is a little larger.
  const expected = (mean * (left + right)) / (left + right - 1);
  const degrees = (8 * variance ** 3) / third ** 2;
  const at = degrees + ((counted - expected) * Math.sqrt(2 * degrees)) / Math.sqrt(variance);
  return { value, p: at <= 0 ? 1 : chiSquaredSurvival(at, degrees) };
}
