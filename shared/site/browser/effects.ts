import { positiveClass } from '../../dataset/schema/positive-class.ts';
import type { Row, Value } from '../../dataset/table/table.ts';
import type { Prediction } from '../../model/predictor/predictor.ts';
import { formatNumber, intervalDecimals, shortNumber } from '../../text/number-format.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import { spanAround } from '../chart-scale.ts';
import type { FieldData, PageData } from '../data.ts';
import { type Curve, curveOf } from './curve.ts';
import { type ChartFrame, curveFigure } from './curve-chart.ts';
import { chartedNumber, type PageModel } from './model.ts';
import { shownText } from './words.ts';

/** Charts that are drawn at first, the most important features. */
export const firstEffects = 12;

/** The charts of a row, the most important feature first, all on one scale; hands back after each prediction. */
export function* effectsOf(
  model: PageModel,
  data: PageData,
  shown: ShownRow,
  take: (field: FieldData, value: Value) => void,
): Generator<void, HTMLElement[]> {
  const { row, prediction, all } = shown;
  const label = labelOf(prediction, data);
  const answer = chartedNumber(prediction, label);
  const ranked = data.fields.toSorted((a, b) => a.rank - b.rank).slice(0, all ? undefined : firstEffects);
  const curves: Curve[] = [];
  for (const field of ranked) curves.push(yield* curveOf(model, field, row, label));
  const answers = curves.flatMap(({ points }) => points.map((point) => point.answer));
  const around = spanAround([...answers, answer]) ?? [0, 1];
  const span = label === undefined ? around : ([0, 1] as const);
  const words = label === undefined ? numberWords(span, data) : shareWords;
  return curves.map((curve) => {
    const frame: ChartFrame = { span, answer, ...words, take: (value) => take(curve.field, value) };
    return curveFigure(curve, frame);
  });
}

/** A row that is shown. */
export interface ShownRow {
  readonly row: Row;
  readonly prediction: Prediction;
  /** Draw every feature's chart. */
  readonly all: boolean;
}

/** The class whose probability the charts show: the positive one of two, the most probable of several. */
function labelOf(prediction: Prediction, { schema }: PageData): string | undefined {
  if ('value' in prediction) return undefined;
  return positiveClass(schema) ?? prediction.label;
}

/** What the charts show, as the end of a sentence. */
export function measuredWords(prediction: Prediction, data: PageData): string {
  const label = labelOf(prediction, data);
  return label === undefined ? shownText(data.schema.target) : `the probability of “${shownText(label)}”`;
}

type Words = Pick<ChartFrame, 'show' | 'short' | 'tick' | 'suffix'>;

const shareWords: Words = {
  show: measuredShare,
  short: measuredShare,
  tick: declaredShare,
  suffix: '',
};

/** Answers with one decimal more than the span deserves: charts of little effect have differences too. */
function numberWords(span: readonly [number, number], { schema }: PageData): Words {
  const target = schema.columns.find(({ name }) => name === schema.target);
  const decimals = intervalDecimals(span[0], span[1]);
  // A span of hundreds deserves no decimal, and with one digit more it still has none.
  const none = decimals === 0 && span[1] - span[0] >= 200;
  const shown = decimals === undefined || none ? decimals : decimals + 1;
  const show = (answer: number) => formatNumber(answer, shown === undefined ? {} : { decimals: shown });
  return {
    show,
    short: (answer) => (Math.abs(answer) < 1e6 ? show(answer) : shortNumber(answer)),
    tick: shortNumber,
    suffix: target?.unit === undefined ? '' : ` ${shownText(target.unit, 20)}`,
  };
}
