import type { GateConfig, MetricName, ValidateConfig } from '../config/validate-section.ts';
import type { ChampionComparison } from './champion-comparison.ts';
import { gainOf } from './direction.ts';
import { certain, combine, type Estimate, mapEstimate } from './estimate.ts';
import type { GateResult, Interval, SliceResult } from './evaluation.ts';
import { type GoodSide, outcomeOf, outcomeSentence } from './gate-outcome.ts';
import { measured } from './measured.ts';
import { metricOf } from './registry.ts';
import { figure, percent } from './words.ts';

type Tolerance = NonNullable<GateConfig['train-gap']>['at-most'];

/** What gates look at. */
export interface GatesInput {
  readonly validate: ValidateConfig;
  /** This model on the test rows. */
  readonly estimates: ReadonlyMap<MetricName, Estimate>;
  /** The naive model on the same resamples. */
  readonly baseline?: ReadonlyMap<MetricName, Estimate>;
  /** This model on its training rows. */
  readonly train?: ReadonlyMap<MetricName, number | null>;
  readonly comparison?: ChampionComparison;
  readonly slices: readonly SliceResult[];
}

/** Judges every gate; a gate by slice gives one result for each slice that has enough rows. */
export function judgeGates(input: GatesInput): GateResult[] {
  return input.validate.gates.flatMap((gate, index) => judgeGate(input, gate, index));
}

function judgeGate(input: GatesInput, gate: GateConfig, index: number): GateResult[] {
  const head = { index, metric: gate.metric };
  const results: GateResult[] = [];
  if (gate.min !== undefined)
    results.push(...bounded(input, gate, { ...head, kind: 'min' }, gate.min, 'at least'));
  if (gate.max !== undefined)
    results.push(...bounded(input, gate, { ...head, kind: 'max' }, gate.max, 'at most'));
  if (gate.champion) results.push(...championGates(input, gate.champion, gate.metric, index));
  if (gate['train-gap']) results.push(trainGapGate(input, gate['train-gap']['at-most'], gate.metric, index));
  if (gate.baseline)
    results.push(baselineGate(input, gate.baseline['better-by-at-least'], gate.metric, index));
  return results;
}

interface Head {
  readonly index: number;
  readonly metric: MetricName;
  readonly kind: GateResult['kind'];
}

function bounded(
  input: GatesInput,
  gate: GateConfig,
  head: Head,
  bound: number,
  side: GoodSide,
): GateResult[] {
  const declared = `${gate.metric} ${side} ${figure(bound)}`;
  if (gate.slice === undefined) {
    return [
      judged(
        head,
        declared,
        measured(input.estimates.get(gate.metric)!, input.validate.bootstrap),
        bound,
        side,
      ),
    ];
  }
  const slices = input.slices.filter(
    (slice) => slice.column === gate.slice && slice.metric === gate.metric && slice.judged,
  );
  const inEvery = `${declared} in every slice by ${gate.slice}`;
  if (slices.length === 0) {
    const reason = `no slice by ${gate.slice} has ${input.validate['min-slice-rows']} rows`;
    return [unmeasured(head, inEvery, bound, 'inconclusive', `It cannot be measured: ${reason}.`)];
  }
  return slices.map(({ column, label, value, low, high }) => ({
    ...judged(head, inEvery, { value, low, high }, bound, side),
    slice: { column, label },
  }));
}

function judged(head: Head, declared: string, interval: Interval, bound: number, side: GoodSide): GateResult {
  const outcome = outcomeOf(interval, bound, side);
  const { value, low, high } = interval;
  return {
    ...head,
    declared,
    bound,
    measured: value,
    low,
    high,
    outcome,
    message: outcomeSentence(outcome, interval, side),
  };
}

function unmeasured(
  head: Head,
  declared: string,
  bound: number | null,
  outcome: GateResult['outcome'],
  message: string,
): GateResult {
  return { ...head, declared, bound, measured: null, low: null, high: null, outcome, message };
}

function written({ amount, relative }: Tolerance): string {
  return relative ? percent(amount) : figure(amount);
}

/**
 * The paired interval of the difference is judged, not the two intervals apart. A relative bound moves with the
 * champion: `worse by at most 2%` is judged on worsening − 2 % of the champion's size, resample by resample; the
 * bound and the interval are then both shown at the champion's value.
 */
function againstReference(
  head: Head,
  declared: string,
  pair: { readonly own: Estimate; readonly reference: Estimate },
  tolerance: Tolerance,
  settings: ValidateConfig['bootstrap'],
  sign: 'worsening' | 'gain',
): GateResult {
  const gain = gainOf(metricOf(head.metric).better);
  const quantity = combine(pair.own, pair.reference, (own, reference) =>
    sign === 'gain' ? gain(own, reference) : -gain(own, reference),
  );
  const allowance = (reference: number): number =>
    tolerance.relative ? tolerance.amount * Math.abs(reference) : tolerance.amount;
  const beyond = combine(quantity, mapEstimate(pair.reference, allowance), (a, b) => a - b);
  const side: GoodSide = sign === 'gain' ? 'at least' : 'at most';
  const interval = measured(beyond, settings);
  const bound = 'value' in pair.reference.value ? allowance(pair.reference.value.value) : null;
  const outcome = outcomeOf(interval, 0, side);
  const shift = (value: number | null): number | null =>
    value === null || bound === null ? null : value + bound;
  return {
    ...head,
    declared,
    bound,
    measured: shift(interval.value),
    low: shift(interval.low),
    high: shift(interval.high),
    outcome,
    message: outcomeSentence(outcome, interval, side),
  };
}

function championGates(
  input: GatesInput,
  gate: NonNullable<GateConfig['champion']>,
  metric: MetricName,
  index: number,
): GateResult[] {
  const worse = gate['worse-by-at-most'];
  const better = gate['better-by-at-least'];
  const cases = [
    ...(worse
      ? [
          [
            'champion-worse-by-at-most',
            worse,
            'worsening',
            `${metric} worse than the champion by at most ${written(worse)}`,
          ] as const,
        ]
      : []),
    ...(better
      ? [
          [
            'champion-better-by-at-least',
            better,
            'gain',
            `${metric} better than the champion by at least ${written(better)}`,
          ] as const,
        ]
      : []),
  ];
  return cases.map(([kind, tolerance, sign, declared]) => {
    const head = { index, metric, kind };
    const bound = tolerance.relative ? null : tolerance.amount;
    if (!input.comparison) {
      return unmeasured(head, declared, bound, 'not-applicable', 'There is no champion to compare with yet.');
    }
    const pair = input.comparison.estimates?.get(metric);
    if (!pair) {
      const { reason } = input.comparison.summary;
      return unmeasured(
        head,
        declared,
        bound,
        'inconclusive',
        `The champion cannot be compared: ${reason ?? 'no reason is known'}.`,
      );
    }
    return againstReference(
      head,
      declared,
      { own: pair.challenger, reference: pair.champion },
      tolerance,
      input.validate.bootstrap,
      sign,
    );
  });
}

/** Only the test side is resampled: the model has seen the training rows, so their value is what it is. */
function trainGapGate(
  input: GatesInput,
  tolerance: Tolerance,
  metric: MetricName,
  index: number,
): GateResult {
  const head = { index, metric, kind: 'train-gap' as const };
  const declared = `${metric} on test rows worse than on training rows by at most ${written(tolerance)}`;
  const train = input.train?.get(metric);
  if (train === undefined || train === null) {
    const reason = input.train ? 'it is undefined on the training rows' : 'the training rows are not known';
    return unmeasured(
      head,
      declared,
      tolerance.relative ? null : tolerance.amount,
      input.train ? 'inconclusive' : 'not-applicable',
      `It cannot be measured: ${reason}.`,
    );
  }
  const own = input.estimates.get(metric)!;
  return againstReference(
    head,
    declared,
    { own, reference: certain(train, own) },
    tolerance,
    input.validate.bootstrap,
    'worsening',
  );
}

function baselineGate(
  input: GatesInput,
  tolerance: Tolerance,
  metric: MetricName,
  index: number,
): GateResult {
  const head = { index, metric, kind: 'baseline-better-by-at-least' as const };
  const declared = `${metric} better than the naive model by at least ${written(tolerance)}`;
  const reference = input.baseline?.get(metric);
  if (!reference) {
    return unmeasured(
      head,
      declared,
      tolerance.relative ? null : tolerance.amount,
      'not-applicable',
      'There is no naive model to compare with: the training rows are not known.',
    );
  }
  return againstReference(
    head,
    declared,
    { own: input.estimates.get(metric)!, reference },
    tolerance,
    input.validate.bootstrap,
    'gain',
  );
}
