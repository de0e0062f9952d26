import type { Evaluation, GateResult, MetricResult } from './evaluation.ts';
import { figure, percent, span } from './words.ts';

const words: Readonly<Record<Evaluation['verdict'], string>> = {
  pass: 'No gate stands against it',
  warn: 'The rows cannot decide every gate',
  fail: 'It fails its gates',
};

/** One sentence: the verdict and the one number that matters, with its interval, against the champion where there is one. */
export function headlineOf(
  verdict: Evaluation['verdict'],
  primary: MetricResult,
  gates: readonly GateResult[],
  confidence: number,
  unit: string | undefined,
): string {
  const suffix =
    unit !== undefined &&
    ['rmse', 'mae', 'median-absolute-error', 'max-error', 'mean-bias', 'pinball'].includes(primary.name)
      ? ` ${unit}`
      : '';
  const number =
    primary.value === null
      ? `${primary.name} is undefined (${primary.reason ?? 'no reason is known'})`
      : `${primary.name} is ${figure(primary.value)}${suffix} (${percent(confidence)} interval ${span(primary.low, primary.high)})`;
  return `${words[verdict]}: ${number}${against(primary)}${troubles(verdict, gates)}.`;
}

function against({ champion }: MetricResult): string {
  if (!champion || champion.gain.value === null) return '';
  const { value, low, high } = champion.gain;
  const direction = value > 0 ? 'better' : 'worse';
  const clear = low !== null && high !== null && (low > 0 || high < 0);
  const size = figure(Math.abs(value));
  const ends = value > 0 ? span(low, high) : span(high === null ? null : -high, low === null ? null : -low);
  return `, ${size} ${direction} than the champion's ${figure(champion.value)} (${ends}${clear ? '' : ', no clear difference'})`;
}

function troubles(verdict: Evaluation['verdict'], gates: readonly GateResult[]): string {
  const wanted =
    verdict === 'fail' && gates.some((gate) => gate.outcome === 'fail') ? 'fail' : 'inconclusive';
  const found = gates.filter((gate) => gate.outcome === wanted);
  if (found.length === 0) return '';
  const what = wanted === 'fail' ? 'failed' : 'inconclusive';
  return `; ${what}: ${[...new Set(found.map((gate) => gate.declared))].slice(0, 3).join('; ')}`;
}
