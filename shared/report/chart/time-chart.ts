import { shortNumber } from '../../text/number-format.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { html, type Markup } from '../markup/html.ts';
import { niceTicks } from './nice-ticks.ts';

/** A value of a period, with its interval. */
export interface TimePoint {
  /** Index of the period. */
  readonly at: number;
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

/** Lines are told apart by colour, by dashes and by the shape of their points. */
export type TimeLook = 'main' | 'second' | 'third' | 'fourth';

export interface TimeSeries {
  readonly look: TimeLook;
  readonly points: readonly TimePoint[];
}

export interface TimeChart {
  /** The oldest first. */
  readonly periods: readonly string[];
  readonly series: readonly TimeSeries[];
  /** A thin line across: the evaluation's value. */
  readonly reference?: number | null | undefined;
  /** A strong line across: what is allowed. */
  readonly limit?: number | null | undefined;
  /** Periods with an event: filled where it changed the model, hollow where not. */
  readonly marks?: readonly { readonly at: number; readonly filled: boolean }[];
  /** What it shows, for who cannot see it. */
  readonly description: string;
}

const top = 24;
const bottom = 28;
const letter = 7;

/** A metric over event time, in a wide and in a narrow form; the page shows one of them. Undefined without a value. */
export function timeChart(chart: TimeChart): Markup | undefined {
  if (!chart.series.some(({ points }) => points.some(({ value }) => value !== null))) return undefined;
  return html`<div class="learning"><div class="wide">${drawing(chart, 720, 260)}</div><div class="narrow">${drawing(chart, 290, 220)}</div></div>`;
}

/** The sign of a line, for the legend. */
export function timeKey(look: TimeLook): Markup {
  return html`<svg class="key time" viewBox="0 0 30 14" aria-hidden="true" focusable="false"><g class="${look}"><path class="line" d="M1 7H29"/>${pointMarkup(look, 15, 7)}</g></svg>`;
}

function drawing(chart: TimeChart, width: number, height: number): Markup {
  const labels = chart.periods.map((period) => clipText(visibleText(period), 10));
  const longest = Math.max(1, ...labels.map((label) => label.length)) * letter;
  const right = Math.max(14, longest / 2 + 4);
  const ticks = ticksOf(chart, height > 240 ? 5 : 4);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const left = Math.max(50, letter * Math.max(...ticks.map((tick) => shortNumber(tick).length))) + 8;
  const floor = height - bottom;
  const inner = width - left - right;
  const x = (at: number) =>
    round(left + (labels.length > 1 ? (at / (labels.length - 1)) * inner : inner / 2));
  const y = (value: number) => round(floor - ((value - low) / (high - low)) * (floor - top));
  const every = Math.max(1, Math.ceil((longest + 10) / (inner / Math.max(1, labels.length - 1))));
  return html`<svg class="chart time" viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.description}">${ticks.map(
    (tick) =>
      html`<path class="grid" d="M${left} ${y(tick)}H${width - right}"/><text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${shortNumber(tick)}</text>`,
  )}${labels.map((label, at) => at % every === 0 && html`<text x="${x(at)}" y="${height - 8}" text-anchor="middle">${label}</text>`)}${
    isNumber(chart.reference) &&
    html`<path class="reference" d="M${left} ${y(chart.reference)}H${width - right}"/>`
  }${isNumber(chart.limit) && html`<path class="bound" d="M${left} ${y(chart.limit)}H${width - right}"/>`}${(
    chart.marks ?? []
  ).map(
    ({ at, filled }) =>
      html`<path class="event" d="M${x(at)} 16V${floor}"/><path class="${filled ? 'event-sign filled' : 'event-sign'}" d="M${x(at) - 6} 4h12l-6 10z"/>`,
  )}${chart.series.toReversed().map((series) => seriesMarkup(series, x, y))}</svg>`;
}

function ticksOf({ series, reference, limit }: TimeChart, count: number): number[] {
  const values = [
    reference,
    limit,
    ...series.flatMap(({ points, look }) =>
      points.flatMap((point) => (look === 'main' ? [point.value, point.low, point.high] : [point.value])),
    ),
  ].filter(isNumber);
  return niceTicks(Math.min(...values), Math.max(...values), count);
}

function seriesMarkup(
  { points, look }: TimeSeries,
  x: (at: number) => number,
  y: (value: number) => number,
): Markup {
  const path: string[] = [];
  let drawn = false;
  for (const { at, value } of points) {
    if (isNumber(value)) path.push(`${drawn ? 'L' : 'M'}${x(at)} ${y(value)}`);
    drawn = isNumber(value);
  }
  const whiskers = points.flatMap(({ at, low, high }) =>
    look === 'main' && isNumber(low) && isNumber(high) ? [`M${x(at)} ${y(low)}V${y(high)}`] : [],
  );
  return html`<g class="${look}"><path class="whisker" d="${whiskers}"/><path class="line" d="${path}"/>${points.map(
    ({ at, value }) => isNumber(value) && pointMarkup(look, x(at), y(value)),
  )}</g>`;
}

function pointMarkup(look: TimeLook, x: number, y: number): Markup {
  if (look === 'main') return html`<circle class="dot" cx="${x}" cy="${y}" r="4"/>`;
  if (look === 'second') return html`<path class="dot" d="M${x} ${y - 5}l5 5-5 5-5-5z"/>`;
  if (look === 'third') return html`<path class="dot" d="M${x - 3.5} ${y - 3.5}h7v7h-7z"/>`;
  return html`<path class="dot" d="M${x - 4.5} ${y + 3.5}h9l-4.5-8z"/>`;
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
