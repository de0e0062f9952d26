/**
 * How many rows each stratum gives to a sample: one at least, and the others by d'Hondt's method of highest averages. A stratum's
 * rows differ from its share of the budget by as many as there are strata at most, and a larger budget takes none away, so that
 * samples are nested. No stratum counts more than another: metrics of the sample mean the table without weights.
 *
 * @param counts rows of each stratum. @param budget rows of all of them; at least one a stratum is given in any case.
 * @example stratumQuotas([600, 400], 10) // [6, 4]
 */
export function stratumQuotas(counts: readonly number[], budget: number): number[] {
  const rows = sumOf(counts);
  if (rows <= budget) return [...counts];
  const sharing = (whole: number): number[] =>
    counts.map((count) => Math.min(count, Math.max(Math.floor((whole * count) / rows), 1)));
  let [enough, tooMany] = [0, budget + counts.length];
  while (tooMany - enough > 1) {
    const middle = Math.floor((enough + tooMany) / 2);
    if (sumOf(sharing(middle)) <= budget) enough = middle;
    else tooMany = middle;
  }
  const quotas = sharing(enough);
  for (let given = sumOf(quotas); given < budget; given++) quotas[highestAverage(counts, quotas)]!++;
  return quotas;
}

/** The stratum that the next row is due to; of equal ones the first. */
function highestAverage(counts: readonly number[], quotas: readonly number[]): number {
  const averages = counts.map((count, i) => (quotas[i]! < count ? count / (quotas[i]! + 1) : 0));
  return averages.indexOf(Math.max(...averages));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
