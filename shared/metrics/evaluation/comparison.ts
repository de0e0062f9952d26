import { formatEstimate, formatNumber, intervalDecimals } from '../../text/number-format.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import { gainLimits, within } from '../descriptors/gain-limits.ts';
import { descriptorOfKey } from '../descriptors/metric-key.ts';
import type { GateResult } from './gate-result.ts';
import { holdsAbove } from './gate-side.ts';

/** How much better something is, positive being better, with its interval. */
export interface Gain {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A comparison with one sign: the word says which way, and the numbers are not negative. */
export interface ComparisonWords {
  /** `better by`, `worse by`; `no different:` where the two are equal. */
  readonly direction: 'better by' | 'worse by' | 'no different:';
  /** `0.21`, `4%`. */
  readonly size: string;
  /** `0.05 to 0.38`; where it reaches across zero, `0.12 worse to 0.21 better`; undefined without an interval. */
  readonly interval: string | undefined;
}

/** A gain in words; undefined where it has no value. @param of writes sizes; default by what the interval deserves. */
export function comparisonWords(gain: Gain, of?: (size: number) => string): ComparisonWords | undefined {
  const { value, low, high } = gain;
  if (value === null) return undefined;
  const write = of ?? ((size: number) => formatEstimate({ value: size, low, high }));
  const direction = value > 0 ? 'better by' : value < 0 ? 'worse by' : 'no different:';
  return { direction, size: write(Math.abs(value)), interval: intervalWords(gain, of) };
}

/** Both ends without a sign, the smaller first; across zero each with its word. */
function intervalWords({ low, high }: Gain, of?: (size: number) => string): string | undefined {
  if (low === null || high === null) return undefined;
  const decimals = intervalDecimals(low, high);
  const write = of ?? ((size: number) => formatNumber(size, decimals === undefined ? {} : { decimals }));
  if (low >= 0) return `${write(low)} to ${write(high)}`;
  if (high <= 0) return `${write(-high)} to ${write(-low)}`;
  return `${write(-low)} worse to ${write(high)} better`;
}

/** What a gate measured, as it stands beside what was declared. */
export interface MeasuredWords {
  /** Empty of a bound on the metric itself. */
  readonly direction: ComparisonWords['direction'] | '';
  readonly size: string;
  readonly interval: string | undefined;
  /** Sizes are shares of what the bound is a share of, not in the metric's unit. */
  readonly relative: boolean;
}

/**
 * What a gate measured, in words: a comparison with one sign, and in the unit of its bound: of `at most 2%` a percentage.
 *
 * @returns undefined when nothing was measured.
 */
export function measuredWords(gate: GateResult): MeasuredWords | undefined {
  const { kind, measured, low, high } = gate;
  if (measured === null) return undefined;
  if (kind === 'min' || kind === 'max') {
    const estimate = { value: measured, low, high };
    const decimals = intervalDecimals(low, high);
    const end = (value: number) => formatNumber(value, decimals === undefined ? {} : { decimals });
    const interval = low === null || high === null ? undefined : `${end(low)} to ${end(high)}`;
    return { direction: '', size: formatEstimate(estimate), interval, relative: false };
  }
  const gain = gainOfGate(gate);
  const share = shareWriter(gate);
  return {
    ...comparisonWords(share ? possibleGain(gain, gate) : gain, share)!,
    relative: share !== undefined,
  };
}

/**
 * A gain whose interval ends where the metric does. That of a gate on a share is the interval of gain − bound · reference, moved by
 * the bound, which beside an uncertain reference reaches beyond what any model can gain: better by 52% to 101%.
 */
function possibleGain(gain: Gain, { metric, relative }: GateResult): Gain {
  const descriptor = descriptorOfKey(metric);
  if (descriptor === undefined || relative === undefined) return gain;
  const limits = gainLimits(descriptor, relative.of);
  const end = (value: number | null) =>
    value === null ? null : within(limits, value / relative.of) * relative.of;
  return { value: gain.value, low: end(gain.low), high: end(gain.high) };
}

/** What a gate measured as a gain: gates that say `worse` measure how much worse it is. */
function gainOfGate({ kind, measured, low, high }: GateResult): Gain {
  if (holdsAbove(kind)) return { value: measured, low, high };
  const turned = (value: number | null) => (value === null ? null : -value);
  return { value: turned(measured), low: turned(high), high: turned(low) };
}

/** Sizes as shares of what the bound is a share of; undefined where that is zero, or the bound is no share. */
function shareWriter({ relative }: GateResult): ((size: number) => string) | undefined {
  if (!relative || relative.of === 0) return undefined;
  return (size) => measuredShare(size / relative.of, { beside: relative.bound });
}

/** A gate's bound as it was declared: `2%`; undefined where it is the number itself. */
export function boundWords({ relative }: GateResult): string | undefined {
  return relative && declaredShare(relative.bound);
}
