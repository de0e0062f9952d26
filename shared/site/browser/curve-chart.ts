import type { Value } from '../../dataset/table/table.ts';
import { day } from '../../platform/time-lengths.ts';
import { clipApart } from '../../text/visible-text.ts';
import { roomFor, type Span, scaleOf, ticksOf } from '../chart-scale.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { htmlElement, nameElement, svgElement } from './elements.ts';
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
  /** The same where there is little room. */
  readonly short: (answer: number) => string;
  /** A round answer at an axis. */
  readonly tick: (answer: number) => string;
  /** The unit, to go after an answer. */
  readonly suffix: string;
  /** Takes a value from a chart. */
  readonly take: (value: Value) => void;
}

const width = 320;
const height = 168;
const right = width - 8;
const top = 10;
const bottom = height - 26;

/** Of a feature's ends at the axis. */
const axisDigits = 4;

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
    htmlElement('h3', {}, nameElement(name), htmlElement('span', { class: 'now' }, shownAt(curve))),
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
  const axis = axisOf(frame, 3);
  const left =
    roomFor(
      axis.map(({ label }) => label),
      34,
    ) + 6;
  const x = scaleOf(span, [left, right]);
  const y = scaleOf(frame.span, [bottom, top]);
  const line = points
    .map(({ value, answer }, i) => `${i === 0 ? 'M' : 'L'}${x(value)} ${y(answer)}`)
    .join('');
  const here = typeof curve.at === 'number' ? { cx: x(curve.at), cy: y(frame.answer) } : undefined;
  const drawing = svgElement(
    'svg',
    { class: 'chart curve', viewBox: `0 0 ${width} ${height}`, role: 'img' },
    ...answerAxis(axis, left, y),
    ...(seen ? beyondSeen(seen, span, x) : []),
    here && svgElement('path', { class: 'here-line', d: `M${here.cx} ${bottom}V${here.cy}` }),
    svgElement('path', { class: 'curve-line', d: line }),
    here && svgElement('circle', { class: 'point', ...here, r: 5 }),
    svgElement('text', { x: left, y: height - 6, class: 'axis' }, shownAmount(column, span[0], axisDigits)),
    svgElement(
      'text',
      { x: right, y: height - 6, class: 'axis', 'text-anchor': 'end' },
      shownValue(column, span[1], axisDigits),
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

interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Round answers, about as many as wanted. */
function axisOf({ span, tick: words }: ChartFrame, wanted: number): Tick[] {
  return ticksOf(span, wanted).map((at) => ({ at, label: words(at) }));
}

function answerAxis(ticks: readonly Tick[], left: number, y: (value: number) => number): SVGElement[] {
  return ticks.flatMap(({ at, label }) => [
    svgElement('path', { class: 'grid', d: `M${left} ${y(at)}H${right}` }),
    svgElement('text', { class: 'axis', x: left - 6, y: y(at) + 4, 'text-anchor': 'end' }, label),
  ]);
}

/** Those of the round answers whose labels have room beside each other. */
function axisWithin(frame: ChartFrame, length: number): Tick[] {
  for (const wanted of [3, 2]) {
    const ticks = axisOf(frame, wanted);
    const room =
      roomFor(
        ticks.map(({ label }) => label),
        0,
      ) + 8;
    if (ticks.length * room <= length) return ticks;
  }
  return axisOf(frame, 1).slice(0, 1);
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

/** Room of a category's name, of twelve capitals too. */
const names = 122;

/** A bar for each category, from the answer as it is to the one that there would be. */
function barChart(curve: Curve, frame: ChartFrame): SVGElement {
  const { points } = curve;
  const pitch = Math.min(44, Math.max(20, (bottom - top) / points.length));
  const end = top + pitch * points.length;
  const answers = points.map(({ answer }) => frame.short(answer));
  const numbers = roomFor(answers, 34) + 6;
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
      svgElement('text', { class: 'axis', x: width, y: y + 4, 'text-anchor': 'end' }, answers[i]!),
    );
  }

  return svgElement(
    'svg',
    { class: 'chart bars', viewBox: `0 0 ${width} ${end + 26}`, role: 'img' },
    ...axisWithin(frame, width - names - numbers + 40).flatMap(({ at, label }) => [
      svgElement('path', { class: 'grid', d: `M${x(at)} ${top}V${end}` }),
      svgElement('text', { class: 'axis', x: x(at), y: end + 18, 'text-anchor': 'middle' }, label),
    ]),
    ...rows,
    svgElement('path', { class: 'here-line', d: `M${now} ${top}V${end}` }),
  );
}
