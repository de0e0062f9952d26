import { findDescriptor } from '../metrics/descriptors/descriptors.ts';
import type { Evaluation } from '../metrics/evaluation/evaluation.ts';
import { formatInterval, formatNumber } from '../text/number-format.ts';
import { confidenceShare } from '../text/percent.ts';
import type { NaiveGain } from './naive-gain.ts';

/** A gate as a line of ciclo.yml, and why its bound is what it is. */
export interface ProposedGate {
  readonly line: string;
  readonly why: string;
}

/** So much of the interval's half beyond its far end is left as room. */
const room = 0.5;
/** Of what the model is better than the naive one, so much is asked for. */
const keptGain = 0.5;

/**
 * Gates that a first model passes with room: a bound beyond the far end of the primary metric's interval where the naive
 * model does not reach it, half of what it surely gains over the naive model, and no worse than the model in production by more
 * than 2%. Round numbers, since people will change them.
 *
 * @param gain over the naive model; absent where there is none to compare with.
 */
export function proposedGates(evaluation: Evaluation, gain?: NaiveGain): ProposedGate[] {
  const primary = evaluation.metrics.find(({ name }) => name === evaluation.primary);
  if (!primary || primary.better === 'zero') return [];
  const { name, value, low, high } = primary;
  const champion = {
    line: `{ metric: ${name}, champion: { worse-by-at-most: 2% } }`,
    why: 'applies once there is a model in production',
  };
  if (value === null || low === null || high === null) return [champion];
  const interval = `now ${shown(value)}, ${confidenceShare(evaluation.bootstrap.confidence)} interval ${formatInterval(low, high)}`;
  const limits = findDescriptor(name)?.limits;
  const key = primary.better === 'lower' ? 'max' : 'min';
  const bound =
    primary.better === 'lower'
      ? Math.min(roundUp(high + room * (high - value)), limits?.high ?? Number.POSITIVE_INFINITY)
      : Math.max(-roundUp(-(low - room * (value - low))), limits?.low ?? Number.NEGATIVE_INFINITY);
  return [
    ...(isBound(bound, limits) && tellsFromNaive(bound, primary)
      ? [{ line: `{ metric: ${name}, ${key}: ${plain(bound)} }`, why: interval }]
      : []),
    ...baselineGate(primary, gain),
    champion,
  ];
}

function isBound(
  bound: number,
  limits: { readonly low: number; readonly high: number } | undefined,
): boolean {
  return Number.isFinite(bound) && bound !== limits?.high && bound !== limits?.low;
}

/** A bound that the naive model passes as well would let a useless model through for ever. */
function tellsFromNaive(bound: number, { better, baseline }: Evaluation['metrics'][number]): boolean {
  if (baseline === undefined || baseline === null) return true;
  return better === 'lower' ? bound < baseline : bound > baseline;
}

/** Half of the share by which the naive model's error is surely beaten, of metrics whose share means something. */
function baselineGate(
  { name, baseline, better }: Evaluation['metrics'][number],
  gain: NaiveGain | undefined,
): ProposedGate[] {
  if (better !== 'lower' || baseline === undefined || baseline === null || baseline <= 0) return [];
  if (gain?.low === undefined || gain.low === null) return [];
  const percent = Math.floor((100 * keptGain * gain.low) / baseline);
  if (percent < 1) return [];
  return [
    {
      line: `{ metric: ${name}, baseline: { better-by-at-least: ${percent}% } }`,
      why: `a model that learns nothing has ${shown(baseline)}`,
    },
  ];
}

/** Two digits, upwards. @example roundUp(2.713) // 2.8 */
function roundUp(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const digits = Math.floor(Math.log10(Math.abs(value))) - 1;
  const at = (steps: number): number => Number((steps * 10 ** digits).toPrecision(12));
  // Beside whole numbers of steps, division leaves a little that must not count as one more.
  const steps = Math.ceil(Number((value / 10 ** digits).toPrecision(12)));
  return at(steps) >= value ? at(steps) : at(steps + 1);
}

function shown(value: number): string {
  return formatNumber(value, { digits: 3 });
}

function plain(value: number): string {
  return String(value);
}
