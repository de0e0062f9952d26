import type { Value } from '../../dataset/table/table.ts';
import { day } from '../../platform/time-lengths.ts';
import { clipApart } from '../../text/visible-text.ts';
import { type Span, scaleOf, ticksOf } from '../chart-scale.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { htmlElement, svgElement } from './elements.ts';
import { roundedToStep } from './field.ts';
import { shownAmount, shownText, shownValue } from './words.ts';

/** What the charts of one row share. */
export interface ChartFrame {
  /** The answers, from bottom to top. */
  readonly span: Span;
  /** Of the row as it is. */
  readonly answer: number;
  /** An answer for people, without its unit. */
  readonly show: (answer: number) => string;
  /** A round answer at an axis. */
  readonly tick: (answer: number) => string;
  /** The unit, to go after an answer. */
  readonly suffix: string;
  /** Takes a value from a chart. */
  readonly take: (value: Value) => void;
}

const width = 320;
const height = 168;
const left = 40;
const right = width - 8;
const top = 10;
const bottom = height - 26;

/** One feature's chart, named and described. */
export function curveFigure(curve: Curve, frame: ChartFrame): HTMLElement {
  const { column } = curve.field;
  const name = shownText(column.name);
  const answers = curve.points.map(({ answer }) => answer).filter(Number.isFinite);
  const range =
    answers.length === 0
      ? 'nothing to show: no value in training'
      : `${frame.show(Math.min(...answers))} to ${frame.show(Math.max(...answers))}${frame.suffix}`;
  const drawing = answers.length === 0 ? undefined : chartOf(curve, frame);
  drawing?.setAttribute('aria-label', `${name}: the answer goes from ${range}. Now at ${shownAt(curve)}.`);
  return htmlElement(
    'figure',
    { class: 'effect' },
    htmlElement(
      'h3',
      {},
      htmlElement('bdi', {}, name),
      htmlElement('span', { class: 'now' }, shownAt(curve)),
    ),
    drawing as SVGElement | undefined,
    htmlElement('figcaption', {}, range),
  );
}

function shownAt({ at, field }: Curve): string {
  if (at === null) return 'missing';
  if (typeof at === 'number') return shownValue(field.column, at);
  return shownText(String(at), 24);
}

function chartOf(curve: Curve, frame: ChartFrame): SVGElement {
  const { type } = curve.field.column;
  return type === 'number' || type === 'date' ? lineChart(curve, frame) : barChart(curve, frame);
}

interface NumberPoint {
  readonly value: number;
  readonly answer: number;
}

function numbersOf(points: readonly CurvePoint[]): NumberPoint[] {
  return points.flatMap(({ value, answer }) => (typeof value === 'number' ? [{ value, answer }] : []));
}

function lineChart(curve: Curve, frame: ChartFrame): SVGElement {
  const points = numbersOf(curve.points);
  const { column, span: seen, step = 1 } = curve.field;
  const span: Span = [points[0]!.value, points.at(-1)!.value];
  const x = scaleOf(span, [left, right]);
  const y = scaleOf(frame.span, [bottom, top]);
  const line = points
    .map(({ value, answer }, i) => `${i === 0 ? 'M' : 'L'}${x(value)} ${y(answer)}`)
    .join('');
  const here = typeof curve.at === 'number' ? { cx: x(curve.at), cy: y(frame.answer) } : undefined;
  const drawing = svgElement(
    'svg',
    { class: 'chart curve', viewBox: `0 0 ${width} ${height}`, role: 'img' },
    ...answerAxis(frame, y),
    ...(seen ? beyondSeen(seen, span, x) : []),
    here && svgElement('path', { class: 'here-line', d: `M${here.cx} ${bottom}V${here.cy}` }),
    svgElement('path', { class: 'curve-line', d: line }),
    here && svgElement('circle', { class: 'point', ...here, r: 5 }),
    svgElement('text', { x: left, y: height - 6, class: 'axis' }, shownAmount(column, span[0])),
    svgElement(
      'text',
      { x: right, y: height - 6, class: 'axis', 'text-anchor': 'end' },
      shownValue(column, span[1]),
    ),
  );
  drawing.addEventListener('click', (event) => {
    const box = drawing.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * width;
    const value = span[0] + ((place - left) / (right - left)) * (span[1] - span[0]);
    frame.take(column.type === 'date' ? roundedToStep(value, day, span) : roundedToStep(value, step, span));
  });
  return drawing;
}

function answerAxis({ span, tick: words }: ChartFrame, y: (value: number) => number): SVGElement[] {
  return ticksOf(span, 3).flatMap((tick) => [
    svgElement('path', { class: 'grid', d: `M${left} ${y(tick)}H${right}` }),
    svgElement('text', { class: 'axis', x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, words(tick)),
  ]);
}

/** The grounds on either side on which the model knows nothing. */
function beyondSeen(seen: Span, span: Span, x: (value: number) => number): SVGElement[] {
  const grounds: [number, number][] = [
    [span[0], Math.max(span[0], seen[0])],
    [Math.min(span[1], seen[1]), span[1]],
  ];
  return grounds
    .filter(([from, to]) => to > from)
    .map(([from, to]) =>
      svgElement('rect', {
        class: 'unseen',
        x: x(from),
        y: top,
        width: x(to) - x(from),
        height: bottom - top,
      }),
    );
}

/** Room of a category's name, of twelve capitals too, and of the answers at the other end. */
const names = 122;
const numbers = 40;

/** A bar for each category, from the answer as it is to the one that there would be. */
function barChart(curve: Curve, frame: ChartFrame): SVGElement {
  const { points } = curve;
  const pitch = Math.min(44, Math.max(20, (bottom - top) / points.length));
  const end = top + pitch * points.length;
  const x = scaleOf(frame.span, [names, width - numbers]);
  const now = x(frame.answer);
  const texts = points.map(({ value }) => shownText(String(value), 1000));
  const labels = clipApart(texts, 12);
  const rows = points.map((point, i) => {
    const row = barRow(point, point.value === curve.at, i, pitch);
    row.addEventListener('click', () => frame.take(point.value));
    return row;
  });

  function barRow({ answer }: CurvePoint, own: boolean, i: number, tall: number): SVGElement {
    const y = top + pitch * (i + 0.5);
    const to = x(answer);
    const from = Math.min(now, to);
    return svgElement(
      'g',
      { class: own ? 'row own' : 'row' },
      svgElement('title', {}, texts[i]!),
      svgElement('rect', { class: 'row-ground', x: 0, y: y - tall / 2, width, height: tall }),
      svgElement('text', { x: names - 10, y: y + 4, 'text-anchor': 'end' }, labels[i]!),
      svgElement('rect', { class: 'difference', x: from, y: y - 5, width: Math.abs(to - now), height: 10 }),
      svgElement('circle', { class: 'point', cx: to, cy: y, r: own ? 5 : 4 }),
      svgElement('text', { class: 'axis', x: width, y: y + 4, 'text-anchor': 'end' }, frame.show(answer)),
    );
  }

  return svgElement(
    'svg',
    { class: 'chart bars', viewBox: `0 0 ${width} ${end + 26}`, role: 'img' },
    ...ticksOf(frame.span, 3).flatMap((tick) => [
      svgElement('path', { class: 'grid', d: `M${x(tick)} ${top}V${end}` }),
      svgElement(
        'text',
        { class: 'axis', x: x(tick), y: end + 18, 'text-anchor': 'middle' },
        frame.tick(tick),
      ),
    ]),
    ...rows,
    svgElement('path', { class: 'here-line', d: `M${now} ${top}V${end}` }),
  );
}
