/** The axis of a chart of losses: logarithmic when the losses span more than a factor of 20, so that the end of the curve can be read. */
export function lossAxis(losses: readonly number[]): {
  readonly title: string;
  readonly scale: object;
  readonly axis: object;
} {
  const least = Math.min(...losses);
  const most = Math.max(...losses);
  if (least > 0 && most / least > 20) {
    return {
      title: 'loss (logarithmic scale)',
      scale: { type: 'log', nice: false },
      axis: { values: logarithmicTicks(least, most), format: '~g' },
    };
  }
  return { title: 'loss', scale: { zero: false, nice: true }, axis: { tickCount: 5 } };
}

/** 1, 2 and 5 times powers of ten, or only the powers when there are many. */
function logarithmicTicks(least: number, most: number): number[] {
  const from = Math.floor(Math.log10(least));
  const to = Math.ceil(Math.log10(most));
  const steps = to - from > 3 ? [1] : [1, 2, 5];
  return Array.from({ length: to - from + 1 }, (_, i) => steps.map((step) => step * 10 ** (from + i)))
    .flat()
    .filter((tick) => tick >= least && tick <= most);
}
