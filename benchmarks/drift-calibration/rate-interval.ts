/** The chance of at most `hits` of `trials`, each with chance p. */
function atMost(hits: number, trials: number, p: number): number {
  // As a logarithm: the first terms of many trials are too small for a number.
  let term = trials * Math.log1p(-p);
  let sum = Math.exp(term);
  for (let k = 0; k < hits; k++) {
    term += Math.log(((trials - k) / (k + 1)) * (p / (1 - p)));
    sum += Math.exp(term);
  }
  return Math.min(1, sum);
}

function solve(holds: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The exact interval of a rate (Clopper and Pearson, "The use of confidence or fiducial limits", 1934). */
export function rateInterval(hits: number, trials: number, confidence = 0.95): { low: number; high: number } {
  const tail = (1 - confidence) / 2;
  return {
    low: hits === 0 ? 0 : solve((p) => 1 - atMost(hits - 1, trials, p) < tail),
    high: hits === trials ? 1 : solve((p) => atMost(hits, trials, p) > tail),
  };
}
