import { formatNumber } from '../../text/number-format.ts';
import { html, type Markup } from './html.ts';

/** A small drawing of one estimate and what it is compared with. */
export interface IntervalMark {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** A bound that was declared, and the side on which it holds. */
  readonly bound?: Bound | undefined;
  readonly champion?: number | null | undefined;
  readonly baseline?: number | null | undefined;
  /** A thin line to compare with: the value over all rows, or zero. */
  readonly reference?: number | null | undefined;
  /** The scale, when several marks share one; values beyond it become arrows at its ends. */
  readonly domain?: ScaleEnds | undefined;
}

interface Bound {
  readonly at: number;
  readonly holds: 'above' | 'below';
  /** What is written above it; default the number, in full. */
  readonly label?: string;
}

/** Ends of a scale. */
export type ScaleEnds = readonly [number, number];

const width = 220;
const margin = 11;
/** Where arrows to what lies beyond the scale end. */
const edge = 2;
const middle = 21;
const height = 34;

/** The least scale that holds every finite number, with a margin; undefined when there is none. */
export function scaleEndsOf(numbers: Iterable<number | null | undefined>): ScaleEnds | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const number of numbers) {
    if (typeof number !== 'number' || !Number.isFinite(number)) continue;
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  if (low > high) return undefined;
  const room = high > low ? (high - low) * 0.04 : Math.max(Math.abs(low) * 0.1, 1e-9);
  return [low - room, high + room];
}

/** Draws the mark; nothing when there is nothing to draw. The numbers stand beside it, so it is hidden from screen readers. */
export function intervalMark(mark: IntervalMark): Markup | undefined {
  const domain = mark.domain ?? ownDomain(mark);
  if (!domain || mark.value === null) return undefined;
  const place = (number: number) => placeOf(number, domain);
  const { value, bound, champion, baseline, reference } = mark;
  const top = bound ? 12 : middle - 10;
  return html`<svg class="mark" viewBox="0 ${bound ? 0 : 8} ${width} ${bound ? height : 26}" aria-hidden="true" focusable="false">${
    bound ? boundMarkup(bound, place(bound.at).x) : ''
  }<path class="rail" d="M${margin} ${middle}H${width - margin}"/>${
    isNumber(reference) && inside(reference, domain)
      ? html`<path class="reference" d="M${place(reference).x} ${top}V${middle + 10}"/>`
      : ''
  }${isNumber(baseline) ? baselineMarkup(place(baseline)) : ''}${spanMarkup(mark, place)}${pointMarkup(place(value))}${
    isNumber(champion) ? championMarkup(place(champion)) : ''
  }</svg>`;
}

interface MarkPosition {
  readonly x: number;
  readonly beyond: -1 | 0 | 1;
}

function ownDomain(mark: IntervalMark): ScaleEnds | undefined {
  const near = [mark.value, mark.low, mark.high, mark.champion, mark.bound?.at, mark.reference];
  const narrow = mark.bound ? beyondBound(scaleEndsOf(near), mark.bound) : scaleEndsOf(near);
  const wide = scaleEndsOf([...(narrow ?? []), mark.baseline]);
  if (!narrow || !wide) return wide;
  // A baseline far away would squeeze the interval, which is what the drawing is for: an arrow points to it.
  return narrow[1] - narrow[0] < 0.15 * (wide[1] - wide[0]) ? narrow : wide;
}

/** Some room on the far side of the bound, so that both sides are seen. */
function beyondBound(
  domain: ScaleEnds | undefined,
  bound: NonNullable<IntervalMark['bound']>,
): ScaleEnds | undefined {
  if (!domain) return undefined;
  const room = (domain[1] - domain[0]) * 0.15;
  return bound.holds === 'above'
    ? [Math.min(domain[0], bound.at - room), domain[1]]
    : [domain[0], Math.max(domain[1], bound.at + room)];
}

function placeOf(number: number, [low, high]: ScaleEnds): MarkPosition {
  const share = (number - low) / (high - low);
  if (share < -1e-9) return { x: edge, beyond: -1 };
  if (share > 1 + 1e-9) return { x: width - edge, beyond: 1 };
  return { x: Math.round((margin + share * (width - 2 * margin)) * 10) / 10, beyond: 0 };
}

function inside(number: number, [low, high]: ScaleEnds): boolean {
  return number >= low && number <= high;
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function spanMarkup(mark: IntervalMark, place: (number: number) => MarkPosition): Markup | undefined {
  if (!isNumber(mark.low) || !isNumber(mark.high)) return undefined;
  const from = place(mark.low);
  const to = place(mark.high);
  const cap = (end: MarkPosition) =>
    end.beyond === 0
      ? html`<path class="cap" d="M${end.x} ${middle - 5}v10"/>`
      : html`<path class="arrow" d="${arrow(end)}"/>`;
  return html`<path class="span" d="M${from.x} ${middle}H${to.x}"/>${cap(from)}${cap(to)}`;
}

function arrow({ x, beyond }: MarkPosition): string {
  return `M${x - 5 * beyond} ${middle - 5}l${5 * beyond} 5l${-5 * beyond} 5z`;
}

function pointMarkup({ x, beyond }: MarkPosition): Markup | undefined {
  return beyond === 0 ? html`<circle class="point" cx="${x}" cy="${middle}" r="5"/>` : undefined;
}

function championMarkup(end: MarkPosition): Markup {
  return end.beyond === 0
    ? html`<path class="champion" d="M${end.x} ${middle - 7}l6 7-6 7-6-7z"/>`
    : html`<path class="champion" d="${arrow(end)}"/>`;
}

function baselineMarkup(end: MarkPosition): Markup {
  return end.beyond === 0
    ? html`<path class="baseline" d="M${end.x - 4} ${middle - 4}h8v8h-8z"/>`
    : html`<path class="baseline" d="${arrow(end)}"/>`;
}

function boundMarkup(bound: Bound, x: number): Markup {
  const [from, to] = bound.holds === 'above' ? [x, width] : [0, x];
  const anchor = x < 40 ? 'start' : x > width - 40 ? 'end' : 'middle';
  return html`<path class="zone" d="M${from} 12H${to}V${height - 1}H${from}z"/><path class="bound" d="M${x} 12V${height - 1}"/><text class="bound-label" x="${x}" y="9" text-anchor="${anchor}">${bound.label ?? formatNumber(bound.at)}</text>`;
}
