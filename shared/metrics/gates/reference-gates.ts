import type { GateConfig } from '../../config/sections/validate-section.ts';
import { toleranceWords } from '../../config/sections/values.ts';
import { type MetricKey, metricKey } from '../descriptors/metric-key.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import { testRowWord } from '../evaluation/judged-rows-words.ts';
import { certainEstimate, lengthened } from '../intervals/estimate.ts';
import { absolute, differenceGate, type Tolerance } from './difference-gate.ts';
import { type DeclaredGate, type GatesInput, unmeasuredGate } from './gate-parts.ts';

/** `worse-by-at-most` and `better-by-at-least`, against the champion or the anchor on the rows that are unseen by both. */
export function championGates(input: GatesInput, gate: GateConfig, index: number): GateResult[] {
  const { champion } = gate;
  const metric = metricKey(gate);
  const worse = champion?.['worse-by-at-most'];
  const better = champion?.['better-by-at-least'];
  const whom = champion?.of ?? 'champion';
  const of = whom === 'anchor' ? { of: whom } : {};
  return [
    ...(worse === undefined
      ? []
      : [
          championGate(input, worse, {
            index,
            metric,
            kind: 'champion-worse-by-at-most',
            ...of,
            declared: `${metric} worse than the ${whom} by at most ${toleranceWords(worse)}`,
          }),
        ]),
    ...(better === undefined
      ? []
      : [
          championGate(input, better, {
            index,
            metric,
            kind: 'champion-better-by-at-least',
            ...of,
            declared: `${metric} better than the ${whom} by at least ${toleranceWords(better)}`,
          }),
        ]),
  ];
}

function championGate(input: GatesInput, tolerance: Tolerance, gate: DeclaredGate): GateResult {
  const whom = gate.of ?? 'champion';
  const comparison = gate.of === 'anchor' ? input.anchor : input.comparison;
  if (!input.comparison) {
    const message = 'There is no champion to compare with yet.';
    return unmeasuredGate(gate, absolute(tolerance), 'not-applicable', message);
  }
  if (!comparison) {
    const message =
      'The anchor cannot be compared: the champion was not found as a version, which would say which one it is.';
    return unmeasuredGate(gate, absolute(tolerance), 'inconclusive', message);
  }
  const pair = comparison.estimates?.get(gate.metric);
  if (comparison.summary.same) return sameModelGate(gate, tolerance, pair !== undefined);
  if (!pair) {
    const message = `The ${whom} cannot be compared: ${comparison.summary.reason ?? 'no reason is known'}.`;
    return unmeasuredGate(gate, absolute(tolerance), 'inconclusive', message);
  }
  const { rows, newerAlone } = comparison.summary;
  const result = differenceGate(
    gate,
    { own: pair.challenger, reference: pair.champion, of: `the ${whom}`, rows },
    tolerance,
    input.validate,
  );
  if (newerAlone === undefined) return result;
  return { ...result, message: `${result.message} On newer rows alone, since ${newerAlone}.` };
}

/** A model is as good as itself, on whichever rows: never worse, and never better. */
function sameModelGate(gate: DeclaredGate, tolerance: Tolerance, compared: boolean): GateResult {
  const message =
    gate.of === 'anchor' ? 'It is the anchor itself.' : 'It is the same model as in production.';
  const result = unmeasuredGate(gate, absolute(tolerance), 'not-applicable', message);
  if (gate.kind === 'champion-better-by-at-least') return result;
  return { ...result, outcome: 'pass', ...(compared ? { measured: 0, low: 0, high: 0 } : {}) };
}

/**
 * How much worse the model is on the judged rows than on its training rows. Only the judged side is resampled: the
 * model was made from the training rows, so its value there is what it is.
 */
export function trainGapGate(
  input: GatesInput,
  metric: MetricKey,
  tolerance: Tolerance,
  index: number,
): GateResult {
  const declared = `${metric} on ${testRowWord(input)}s worse than on training rows by at most ${toleranceWords(tolerance)}`;
  const gate: DeclaredGate = { index, metric, kind: 'train-gap', declared };
  const train = input.train?.get(metric);
  if (train === undefined) {
    const message = 'It cannot be measured: there are no predictions of the training rows.';
    return unmeasuredGate(gate, absolute(tolerance), 'not-applicable', message);
  }
  if (train === null) {
    const message = `It cannot be measured: ${metric} is undefined on the training rows.`;
    return unmeasuredGate(gate, absolute(tolerance), 'inconclusive', message);
  }
  const own = input.estimates.get(metric)!;
  return differenceGate(
    gate,
    {
      own,
      reference: lengthened(certainEstimate(train, own), input.factor ?? 1),
      of: 'the training rows',
      rows: input.rows,
    },
    tolerance,
    input.validate,
  );
}

/** How much better the model is than always saying the training mean, or the class frequencies. */
export function baselineGate(
  input: GatesInput,
  metric: MetricKey,
  tolerance: Tolerance,
  index: number,
): GateResult {
  const declared = `${metric} better than the naive baseline by at least ${toleranceWords(tolerance)}`;
  const gate: DeclaredGate = { index, metric, kind: 'baseline-better-by-at-least', declared };
  const reference = input.baseline?.get(metric);
  if (!reference) {
    const message = 'There is no naive baseline: it is made from training rows, which are not known here.';
    return unmeasuredGate(gate, absolute(tolerance), 'not-applicable', message);
  }
  const own = input.estimates.get(metric)!;
  return differenceGate(
    gate,
    { own, reference, of: 'the naive baseline', rows: input.rows },
    tolerance,
    input.validate,
  );
}
