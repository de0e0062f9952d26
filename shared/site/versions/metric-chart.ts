import { dataText, html, type Markup } from '../../report/markup/html.ts';
import { formatInterval, formatNumber, shortNumber } from '../../text/number-format.ts';
import { roomFor, type Span, scaleOf, spanAround, ticksOf } from '../chart-scale.ts';
import type { SiteVersion, VersionMetric } from '../site-input.ts';

/** A version whose metric is known. */
interface Measured {
  readonly version: SiteVersion;
  readonly value: number;
  readonly metric: VersionMetric;
}

interface Size {
  readonly className: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
  /** Versions drawn at most, the latest ones. */
  readonly most: number;
}

const sizes: readonly Size[] = [
  { className: 'wide', width: 940, height: 280, most: 40 },
  { className: 'narrow', width: 340, height: 250, most: 12 },
];

/** The metric of each version with its interval, the oldest on the left; nothing with fewer than one value. */
export function metricChart(versions: readonly SiteVersion[], name: string): Markup | undefined {
  const measured = versions.flatMap((version) => {
    const { metric } = version;
    return metric?.name === name && metric.value !== null ? [{ version, value: metric.value, metric }] : [];
  });
  if (measured.length === 0) return undefined;
  return html`<div class="history">${sizes.map((size) => drawing(measured.slice(-size.most), name, size))}</div>`;
}

function drawing(measured: readonly Measured[], name: string, size: Size): Markup {
  const { width, height, className } = size;
  const [top, bottom] = [28, height - 42];
  const ends = measured.flatMap(({ value, metric }) => [value, metric.low ?? value, metric.high ?? value]);
  const span: Span = spanAround(ends)!;
  const ticks = ticksOf(span, 4).map((at) => ({ at, label: shortNumber(at) }));
  const left =
    roomFor(
      ticks.map(({ label }) => label),
      38,
    ) + 8;
  const y = scaleOf(span, [bottom, top]);
  const pitch = (width - left - 12) / measured.length;
  const x = (i: number) => Math.round((left + pitch * (i + 0.5)) * 10) / 10;
  const every = Math.ceil(measured.length / Math.floor((width - left) / 62));
  const line = measured.map(({ value }, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(value)}`).join('');
  return html`<svg class="chart ${className}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${describe(measured, name)}">
${ticks.map(
  ({ at, label: text }) =>
    html`<path class="grid" d="M${left} ${y(at)}H${width}"/><text class="axis" x="${left - 8}" y="${y(at) + 4}" text-anchor="end">${text}</text>`,
)}
${measured.length > 1 ? html`<path class="history-line" d="${line}"/>` : ''}
${measured.map((one, i) => mark(one, x(i), y))}
${measured.map((one, i) =>
  one.version.live || (measured.length - 1 - i) % every === 0
    ? label(one.version, x(i), height, pitch * every)
    : '',
)}
</svg>`;
}

function mark({ version, value, metric }: Measured, x: number, y: (value: number) => number): Markup {
  const whisker =
    metric.low === null || metric.high === null
      ? ''
      : html`<path class="span" d="M${x} ${y(metric.low)}V${y(metric.high)}"/><path class="cap" d="M${x - 5} ${y(metric.low)}h10M${x - 5} ${y(metric.high)}h10"/>`;
  return html`<g class="${version.live ? 'measured live' : 'measured'}">${whisker}<circle class="point" cx="${x}" cy="${y(value)}" r="${version.live ? 7 : 5}"/></g>`;
}

function label({ version, date, live }: SiteVersion, x: number, height: number, room: number): Markup {
  return html`<text class="${live ? 'version live' : 'version'}" x="${x}" y="${height - 20}" text-anchor="middle">${dataTextInDrawing(version)}</text>${
    room >= 84
      ? html`<text class="axis" x="${x}" y="${height - 4}" text-anchor="middle">${live ? 'live' : date.slice(0, 10)}</text>`
      : ''
  }`;
}

/** A drawing has no elements that keep a writing direction to themselves; versions are short. */
function dataTextInDrawing(text: string): string {
  return text.length > 10 ? `${text.slice(0, 9)}…` : text;
}

function describe(measured: readonly Measured[], name: string): string {
  const last = measured.at(-1)!;
  const live = measured.find(({ version }) => version.live);
  const values = measured.map(({ value }) => value);
  const of = ({ version, value, metric }: Measured) =>
    `${version.version}: ${formatNumber(value)} (${formatInterval(metric.low, metric.high)})`;
  return `${name} of ${measured.length} versions, from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}. Latest ${of(last)}.${live && live !== last ? ` Live ${of(live)}.` : ''} The table below has every value.`;
}

/** What the marks are. */
export const chartKey: Markup = html`<p class="note">Each dot is a version’s value on unseen rows; the line through it is the interval. The live version is the filled dot. Versions were judged on the rows of their own time: see the reports for comparisons on the same rows.</p>`;

/** A version as a heading of its row. */
export function versionName({ version, href, live }: SiteVersion, safe: (href: string) => string): Markup {
  const name =
    href === undefined ? dataText(version, 30) : html`<a href="${safe(href)}">${dataText(version, 30)}</a>`;
  return html`${name}${live ? html` <span class="tag live">live</span>` : ''}`;
}
