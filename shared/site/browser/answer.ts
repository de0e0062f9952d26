import type { ColumnSchema, DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Prediction } from '../../model/predictor/predictor.ts';
import { figureSize } from '../../report/markup/figure-size.ts';
import { formatInterval, formatNumber, intervalDecimals } from '../../text/number-format.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import { type Span, scaleOf, spanAround } from '../chart-scale.ts';
import type { PageData } from '../data.ts';
import { type Content, htmlElement, svgElement } from './elements.ts';
import { shownText } from './words.ts';

/** More classes than these are summed up. */
const shownClasses = 8;

/** The answer, drawn, and as one sentence for those who hear it. */
export interface DrawnAnswer {
  readonly contents: readonly HTMLElement[];
  readonly sentence: string;
}

type Interval = NonNullable<PageData['uncertainty']>['intervals'][number] & { readonly halfWidth: number };

/** The answer to a row. */
export function answerOf(prediction: Prediction, data: PageData): DrawnAnswer {
  return 'value' in prediction
    ? numberAnswer(prediction.value, data)
    : classAnswer(prediction, data.schema.classes ?? []);
}

/** The intervals that there are, the narrowest first. */
function intervalsOf({ uncertainty }: PageData): Interval[] {
  return (uncertainty?.intervals ?? [])
    .flatMap(({ level, halfWidth }) => (halfWidth === null ? [] : [{ level, halfWidth }]))
    .toSorted((a, b) => a.level - b.level);
}

/** The one that is spelled out: nearest to 90%. */
function mainInterval(intervals: readonly Interval[]): Interval | undefined {
  return intervals.toSorted((a, b) => Math.abs(a.level - 0.9) - Math.abs(b.level - 0.9))[0];
}

function numberAnswer(value: number, data: PageData): DrawnAnswer {
  const target = targetOf(data.schema);
  const unit = target?.unit === undefined ? '' : shownText(target.unit, 20);
  const intervals = intervalsOf(data);
  const main = mainInterval(intervals);
  const decimals = main ? intervalDecimals(value - main.halfWidth, value + main.halfWidth) : undefined;
  const shown = formatNumber(value, decimals === undefined ? {} : { decimals });
  const contents = [
    htmlElement(
      'p',
      { class: `answer-value${figureSize(shown)}` },
      htmlElement('data', { value }, shown),
      unit === '' ? undefined : htmlElement('span', { class: 'unit' }, unit),
    ),
  ];
  if (!main) return { contents, sentence: `${shown} ${unit}` };
  const range = formatInterval(value - main.halfWidth, value + main.halfWidth);
  contents.push(
    htmlElement(
      'p',
      { class: 'answer-range' },
      htmlElement('b', {}, range),
      ` with ${declaredShare(main.level)} confidence`,
    ),
    strip(value, intervals, target),
    ...(intervals.length > 1 ? [levels(value, intervals)] : []),
    basis(data),
  );
  return { contents, sentence: `${shown} ${unit}, ${range} with ${declaredShare(main.level)} confidence` };
}

function targetOf(schema: DatasetSchema): ColumnSchema | undefined {
  return schema.columns.find(({ name }) => name === schema.target);
}

/** Every interval as a band over what the target was in training. */
function strip(value: number, intervals: readonly Interval[], target: ColumnSchema | undefined): HTMLElement {
  const widest = intervals.at(-1)!.halfWidth;
  const span: Span = spanAround([...(target?.seen ?? []), value - widest, value + widest], 0.02)!;
  const x = scaleOf(span, [6, 354]);
  const bands = intervals.toReversed().map(({ halfWidth }) => {
    const from = x(value - halfWidth);
    return svgElement('rect', {
      class: 'band',
      x: from,
      y: 10,
      width: x(value + halfWidth) - from,
      height: 18,
      rx: 3,
    });
  });
  const ends = (target?.seen ?? []).map((end, i) =>
    svgElement('text', { x: x(end), y: 46, 'text-anchor': i === 0 ? 'start' : 'end' }, formatNumber(end)),
  );
  const drawing = svgElement(
    'svg',
    { class: 'strip', viewBox: '0 0 360 50', 'aria-hidden': 'true', focusable: 'false' },
    target?.seen
      ? svgElement('path', { class: 'rail', d: `M${x(target.seen[0])} 19H${x(target.seen[1])}` })
      : undefined,
    ...bands,
    svgElement('circle', { class: 'point', cx: x(value), cy: 19, r: 6 }),
    ...ends,
  );
  const caption = target?.seen
    ? htmlElement('figcaption', {}, 'Scale: typical values in training')
    : undefined;
  return htmlElement('figure', { class: 'answer-strip' }, drawing, caption);
}

function levels(value: number, intervals: readonly Interval[]): HTMLElement {
  const rows = intervals.map(({ level, halfWidth }) =>
    htmlElement(
      'div',
      {},
      htmlElement('dt', {}, declaredShare(level)),
      htmlElement('dd', {}, formatInterval(value - halfWidth, value + halfWidth)),
    ),
  );
  return htmlElement('dl', { class: 'levels' }, ...rows);
}

function basis({ uncertainty }: PageData): HTMLElement {
  const rows = formatNumber(uncertainty?.rows ?? 0);
  return htmlElement(
    'p',
    { class: 'answer-note' },
    `Intervals from the errors on ${rows} rows that training had not seen.`,
  );
}

function classAnswer(
  prediction: Extract<Prediction, { readonly label: string }>,
  classes: readonly string[],
): DrawnAnswer {
  const { label, probabilities } = prediction;
  const sorted = classes
    .map((name) => ({ name, probability: probabilities[name] ?? 0 }))
    .toSorted((a, b) => b.probability - a.probability || Number(b.name === label) - Number(a.name === label));
  const rest = sorted.slice(shownClasses);
  const rows = sorted
    .slice(0, shownClasses)
    .map(({ name, probability }) => classRow(name, probability, name === label));
  if (rest.length > 0) {
    const sum = rest.reduce((total, { probability }) => total + probability, 0);
    rows.push(restRow(rest.length, sum));
  }
  const sure = measuredShare(probabilities[label] ?? 0);
  return {
    contents: [
      htmlElement(
        'p',
        { class: 'answer-value' },
        htmlElement('data', { value: label }, htmlElement('bdi', {}, shownText(label))),
      ),
      htmlElement('p', { class: 'answer-range' }, htmlElement('b', {}, sure), ' probable'),
      htmlElement('ul', { class: 'classes', 'aria-label': 'Probability of each class' }, ...rows),
    ],
    sentence: `${shownText(label)}, ${sure} probable`,
  };
}

function classRow(name: string, probability: number, chosen: boolean): HTMLElement {
  const row = probabilityRow(htmlElement('bdi', {}, shownText(name)), probability);
  row.className = chosen ? 'chosen' : '';
  row.querySelector('data')?.setAttribute('data-class', name);
  return row;
}

function restRow(count: number, probability: number): HTMLElement {
  return probabilityRow(`${count} others together`, probability);
}

function probabilityRow(name: Content, probability: number): HTMLElement {
  const bar = svgElement(
    'svg',
    {
      class: 'share-bar',
      viewBox: '0 0 100 8',
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
      focusable: 'false',
    },
    svgElement('rect', { class: 'back', width: 100, height: 8 }),
    svgElement('rect', { class: 'fill', width: Math.round(probability * 1000) / 10, height: 8 }),
  );
  return htmlElement(
    'li',
    {},
    htmlElement('span', { class: 'class-name' }, name),
    htmlElement('data', { value: probability }, measuredShare(probability)),
    bar,
  );
}
