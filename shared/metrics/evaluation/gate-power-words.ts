import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { gainLimits } from '../descriptors/gain-limits.ts';
import { descriptorOfKey } from '../descriptors/metric-key.ts';
import type { GateResult } from './gate-result.ts';

/**
 * What a gate can tell on these rows, as a sentence: `With 43 rows this gate detects a worsening of 18% or more (80% power),
 * and fails an equally good model in 37% of cases.`
 *
 * @param unit of the metric, written after amounts.
 * @returns undefined where nothing was measured.
 */
export function powerWords(gate: GateResult, unit?: string): string | undefined {
  const { tells } = gate;
  if (!tells) return undefined;
  const equal =
    tells.failsEqual === undefined
      ? ''
      : `, and fails an equally good model in ${measuredShare(tells.failsEqual)} of cases`;
  return `With ${counted(tells.rows, 'row')} this gate detects ${detected(gate, tells.at, unit)} (80% power)${equal}.`;
}

function detected(gate: GateResult, at: number, unit: string | undefined): string {
  const { kind, metric, relative } = gate;
  const number = (value: number) =>
    formatNumber(value, { digits: 3, ...(unit === undefined ? {} : { unit }) });
  const size = (value: number) =>
    relative && relative.of > 0
      ? measuredShare(value / relative.of, { beside: relative.bound })
      : number(value);
  switch (kind) {
    case 'max':
      return `${metric} of ${number(at)} or more`;
    case 'min':
      return `${metric} of ${number(at)} or less`;
    case 'train-gap':
      return at > 0 ? `a gap of ${size(at)} or more` : 'any gap';
    case 'champion-worse-by-at-most':
      return worsening(gate, at) ?? `a worsening of ${size(at)} or more`;
    default:
      return at > 0
        ? `a gain of ${size(at)} or less`
        : (worsening(gate, -at) ?? `a worsening of ${size(-at)} or more`);
  }
}

/** Words for a worsening beyond the metric's worst value; undefined of one that can be. */
function worsening({ metric, relative }: GateResult, size: number): string | undefined {
  const descriptor = descriptorOfKey(metric);
  if (!descriptor || !relative || relative.of <= 0) return undefined;
  return -size / relative.of < gainLimits(descriptor, relative.of).low
    ? `no worsening that ${metric} can have`
    : undefined;
}
