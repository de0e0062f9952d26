import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import type { GateResult } from './evaluation.ts';

/**
 * What a gate can tell on these rows, as a sentence: `On 43 rows this gate sees a worsening from 18% on (4 times in 5), and
 * fails an equal model in 37% of cases.`
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
      : `, and fails an equal model in ${measuredShare(tells.failsEqual)} of cases`;
  return `On ${counted(tells.rows, 'row')} this gate sees ${seen(gate, tells.at, unit)} (4 times in 5)${equal}.`;
}

function seen(gate: GateResult, at: number, unit: string | undefined): string {
  const { kind, metric, relative } = gate;
  const number = (value: number) =>
    formatNumber(value, { digits: 3, ...(unit === undefined ? {} : { unit }) });
  const size = (value: number) =>
    relative && relative.of > 0
      ? measuredShare(value / relative.of, { beside: relative.bound })
      : number(value);
  switch (kind) {
    case 'max':
      return `${metric} from ${number(at)} on`;
    case 'min':
      return `${metric} from ${number(at)} down`;
    case 'train-gap':
      return at > 0 ? `a gap from ${size(at)} on` : 'any gap';
    case 'champion-worse-by-at-most':
      return `a worsening from ${size(at)} on`;
    default:
      return at > 0 ? `a gain of no more than ${size(at)}` : `a worsening from ${size(-at)} on`;
  }
}
