/** Pearson's correlation over the rows where both are there (Welford's update); 0 when one is constant. */
export function pearsonCorrelation(a: Float64Array, b: Float64Array): number {
  let n = 0;
  let meanA = 0;
  let meanB = 0;
  let varianceA = 0;
  let varianceB = 0;
  let both = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    const dx = x - meanA;
    const dy = y - meanB;
    meanA += dx / n;
    meanB += dy / n;
    varianceA += dx * (x - meanA);
    varianceB += dy * (y - meanB);
    both += dx * (y - meanB);
  }
  // Divided one by one: the product of two variances may be beyond what a double holds.
  return varianceA > 0 && varianceB > 0 ? both / Math.sqrt(varianceA) / Math.sqrt(varianceB) : 0;
}

/** Spearman's correlation: Pearson's of the ranks, equal values sharing their mean rank. */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const rows: number[] = [];
  for (let i = 0; i < a.length; i++) if (!Number.isNaN(a[i]!) && !Number.isNaN(b[i]!)) rows.push(i);
  return pearsonCorrelation(ranksOf(a, rows), ranksOf(b, rows));
}

/** The ranks of the given rows' values, from 0. */
function ranksOf(values: Float64Array, rows: readonly number[]): Float64Array {
  const order = rows.map((_, i) => i).sort((i, j) => values[rows[i]!]! - values[rows[j]!]!);
  const ranks = new Float64Array(rows.length);
  for (let start = 0; start < order.length; ) {
    const value = values[rows[order[start]!]!];
    let end = start + 1;
    while (end < order.length && values[rows[order[end]!]!] === value) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}
