/** Shares as percentages: what was declared stands as it was meant, what was measured is rounded, by one rule each. */
import { formatNumber } from './number-format.ts';

/** What a percentage looks like that a person writes: `20%`, `12.3 %`. */
export const percentPattern = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/;

/** The percentages that are a share of something: from 0% to 100%. */
export const sharePattern = /^\s*0*(?:\d{1,2}(?:\.\d+)?|100(?:\.0+)?)\s*%\s*$/;

/** The same above 0%: one digit is not 0. */
export const positiveSharePattern = /^(?=.*[1-9])\s*0*(?:\d{1,2}(?:\.\d+)?|100(?:\.0+)?)\s*%\s*$/;

/**
 * The share that a written percentage means. The point is moved in the text, so that `12.3%` is 0.123 and not
 * 12.3 / 100, which is another double.
 *
 * @returns undefined when the text is not a percentage.
 */
export function parsePercent(text: string): number | undefined {
  const digits = percentPattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number(`${digits}e-2`);
}

/**
 * A share that somebody declared, not rounded: the percentage with the fewest digits that reads back as exactly this
 * number, `12.3%`, `99.95%`, `250%`. For bounds, tolerances and levels of confidence; not for computed numbers, of which
 * it would show every digit.
 *
 * @param share zero or more.
 */
export function declaredShare(share: number): string {
  if (share === 0) return '0%';
  const [mantissa = '0', exponent = '0'] = share.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 3;
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}%`;
  if (point >= digits.length) return `${digits}${'0'.repeat(point - digits.length)}%`;
  return `${digits.slice(0, point)}.${digits.slice(point)}%`;
}

/** A level of confidence that was computed, as a declared one is written, in four digits: `95%`, `99.87%`. */
export function confidenceShare(level: number): string {
  return declaredShare(Number(level.toPrecision(4)));
}

/** How a measured share is written. */
export interface MeasuredShareFormat {
  /** A bound that stands beside it: a share that is not the bound gets as many decimals as set the two apart. */
  readonly beside?: number;
  /** Write a plus before growth: for changes. */
  readonly sign?: boolean;
}

/**
 * A share that was measured, rounded: to whole percents from 10% on, to tenths below 10% and from 99% to 101%; only
 * nothing is `0%` and only all is `100%`, what lies nearer is `<0.1%` or `>99.9%`. A change relative to what was may be
 * negative or above one.
 *
 * @returns `1.5%`, `20%`, `99.9%`, `−3.2%`.
 */
export function measuredShare(share: number, { beside, sign = false }: MeasuredShareFormat = {}): string {
  const rounded = roundedShare(share, sign);
  if (beside === undefined || share === beside || !sameNumber(rounded, declaredShare(beside))) return rounded;
  for (let decimals = 1; decimals <= mostDecimals; decimals++) {
    const text = `${formatNumber(percentOf(share), { decimals, sign })}%`;
    if (!sameNumber(text, declaredShare(beside))) return text;
  }
  return rounded;
}

/** A millionth of a percent: what differs by less differs by a rounding error. */
const mostDecimals = 6;

/** 0.07 × 100 is 7.000000000000001. */
function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12));
}

function sameNumber(a: string, b: string): boolean {
  return Number.parseFloat(a.replace('−', '-')) === Number.parseFloat(b);
}

function roundedShare(share: number, sign: boolean): string {
  const percent = percentOf(share);
  const size = Math.abs(percent);
  const minus = percent < 0 ? '−' : sign ? '+' : '';
  if (size > 0 && size < 0.1) return `${percent < 0 ? '>' : '<'}${minus}0.1%`;
  if (size > 99.9 && size < 100) return `${percent < 0 ? '<' : '>'}${minus}99.9%`;
  const whole = Number.isInteger(percent) || (size >= 10 && size <= 99) || size >= 101;
  return `${formatNumber(percent, { decimals: whole ? 0 : 1, sign })}%`;
}
