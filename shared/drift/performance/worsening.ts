import type { Better } from '../../metrics/descriptors/direction.ts';
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
