import type { Better } from '../../metrics/descriptors/direction.ts';
import { plainNumber } from '../../text/number-format.ts';
import { confidenceShare, declaredShare, measuredShare } from '../../text/percent.ts';
import { type Limit, limitOf } from './metric-figure.ts';
import { type Figure, worseBy, worseShare } from './worse.ts';

/** How much worse a figure is than it was, against how much worse it may be. */
export interface Worsening {
  /** In the metric's unit, and as a share of what it was. */
  readonly worse: Figure;
  readonly share: Figure;
  /** In the metric's unit. */
  readonly limit: number | null;
  /** The limit of `share`, where it is one: then that interval decides. */
  readonly shareLimit?: number;
  /** The whole interval that decides lies above its limit. */
  readonly over: boolean;
}

/** Compares a figure with what it was: a limit that is a share of it, with the interval of the share. */
export function worsening(
  { current, reference }: { readonly current: Figure; readonly reference: Figure },
  { better, limit }: { readonly better: Better; readonly limit: Limit },
): Worsening {
  const worse = worseBy(current, reference, better);
  const share = worseShare(current, reference, better);
  const own = limitOf(limit, reference.value);
  // Of nothing there is no share: then any worsening is above the limit.
  const byShare = limit.relative && share.value !== null;
  const [decides, bound] = byShare ? [share, limit.amount] : [worse, own];
  return {
    worse,
    share,
    limit: own,
    ...(byShare ? { shareLimit: limit.amount } : {}),
    over: decides.low !== null && bound !== null && decides.low > bound,
  };
}

/** What a sentence about a worsening says. */
export interface ToldWorsening extends Worsening {
  readonly metric: string;
  readonly current: Figure;
  readonly reference: Figure;
  readonly confidence: number;
  readonly estimated: boolean;
}

/** Figure, change and verdict in a sentence, with the interval that decided. Undefined where there is nothing to compare. */
export function worseningWords(told: ToldWorsening): string | undefined {
  const { metric, current, reference, worse, share, shareLimit, limit, over, confidence } = told;
  if (current.value === null || reference.value === null || worse.value === null || limit === null) {
    return undefined;
  }
  const byShare = shareLimit !== undefined;
  const write = byShare ? (end: number) => measuredShare(end, { beside: shareLimit }) : plainNumber;
  const size = byShare ? ` (${write(Math.abs(share.value!))})` : '';
  const by = `${worse.value > 0 ? 'worse' : 'better'} by ${plainNumber(Math.abs(worse.value))}${size}`;
  const ends = endsWords(byShare ? share : worse, write);
  const interval =
    ends === undefined
      ? 'no interval: too few rows'
      : `${confidenceShare(confidence)} interval of the worsening ${ends}`;
  const bound = byShare ? declaredShare(shareLimit) : plainNumber(limit);
  const verdict = over ? `all of it above the limit of ${bound}` : `the limit is ${bound}`;
  return `${metric} is ${told.estimated ? 'estimated at ' : ''}${plainNumber(current.value)}, ${by} than the ${plainNumber(reference.value)} of its evaluation (${interval}; ${verdict})`;
}

function endsWords({ low, high }: Figure, write: (value: number) => string): string | undefined {
  if (low !== null && high !== null) return `${write(low)} to ${write(high)}`;
  if (low !== null) return `${write(low)} or more`;
  return high === null ? undefined : `${write(high)} or less`;
}
