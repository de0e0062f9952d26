import { type ParsedRecord, tableOfRecords } from '../dataset/schema/record.ts';
import type { Row, Value } from '../dataset/table/table.ts';
import { UnfitValueError } from '../model/onnx/unfit-value-error.ts';
import type { PredictedColumns, Prediction } from '../model/predictor/predictor.ts';
import { type Eventual, goOn } from '../platform/eventual.ts';
import { tooManyRows } from './intake/row-limit.ts';
import { type Findings, type ListedProblems, listProblems } from './problems.ts';
import { checkRecords, isFull, nothingChecked, type RecordCheck, refusal, stretch } from './record-check.ts';
import { RequestError } from './request-error.ts';
import type { LoadedModel } from './served-model.ts';

/** Predictions for the records of one request. */
export interface RequestAnswer {
  readonly model: LoadedModel;
  /** Every record as the model saw it. */
  readonly rows: readonly Row[];
  /** Of every record the columns that the model does not see and the prediction log keeps; absent where it keeps none. */
  readonly kept?: readonly Row[];
  /** A number or a label each; null where the model's answer is not a finite number. */
  readonly predictions: readonly (number | string | null)[];
  /** Of a classifier: for each record the probability of each class, in the order of `model.classes`. */
  readonly probabilities: readonly (readonly (number | null)[])[] | undefined;
  /** Values that training never saw. */
  readonly unusual: Findings;
  readonly warnings: ListedProblems;
}

/** What is counted and logged of each request's records, right or wrong. */
export interface RecordObserver {
  answered(answer: RequestAnswer, requestId: string): void;
  refused(model: LoadedModel, problems: Findings): void;
}

/** How one request is answered. */
export interface AnswerOptions {
  readonly requestId: string;
  /** The records' values are texts, as CSV has them. */
  readonly texts?: boolean;
  readonly observer: RecordObserver;
  /** Milliseconds of `performance.now()` after which a long batch is given up. */
  readonly deadline: number;
  /** Records at most. */
  readonly maxRows: number;
}

/**
 * Checks records by the model's schema and predicts them. A few are answered at once; a long batch lets other requests
 * through between its parts.
 *
 * @throws RequestError 413 for more records than are answered at a time; 400 with row, field, value and what is allowed of
 *   what is wrong, up to fifty; 503 past the deadline.
 */
export function answerRecords(
  model: LoadedModel,
  records: readonly unknown[],
  options: AnswerOptions,
): Eventual<RequestAnswer> {
  if (records.length > options.maxRows) throw tooManyRows(records.length, options.maxRows);
  return records.length <= stretch
    ? finished(model, records, checkRecords(parserOf(model, options), records, 0, nothingChecked()), options)
    : answerInParts(model, records, options);
}

async function answerInParts(
  model: LoadedModel,
  records: readonly unknown[],
  options: AnswerOptions,
): Promise<RequestAnswer> {
  const parse = parserOf(model, options);
  const check = nothingChecked();
  for (let from = 0; from < records.length && !isFull(check); from += stretch) {
    checkRecords(parse, records, from, check);
    await turn(options.deadline);
  }
  return finished(model, records, check, options);
}

/** Lets other requests have their turn. @throws RequestError when the time is over. */
async function turn(deadline: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (performance.now() > deadline) {
    throw new RequestError(
      503,
      'the request took longer than the server allows: send fewer records at a time',
      {
        headers: { 'retry-after': '1' },
      },
    );
  }
}

function parserOf(model: LoadedModel, { texts }: AnswerOptions): LoadedModel['parse'] {
  return texts ? model.parseTexts : model.parse;
}

function finished(
  model: LoadedModel,
  records: readonly unknown[],
  { rows, problems, unusual }: RecordCheck,
  { observer, requestId }: AnswerOptions,
): Eventual<RequestAnswer> {
  if (problems.count > 0) {
    observer.refused(model, problems);
    throw refusal(problems, records.length);
  }
  return goOn(predictedOrRefused(model, rows), (predictions) => {
    const answer = {
      ...answerOf(model, rows, predictions, unusual),
      ...(model.kept.length > 0 ? { kept: records.map((record) => keptOf(record, model.kept)) } : {}),
    };
    observer.answered(answer, requestId);
    return answer;
  });
}

/** Longer texts are not identifiers, and anybody could fill the log with them. */
const longestKept = 256;

/** What is kept of a record's columns beside the features: values that can identify it; all others are missing. */
function keptOf(record: unknown, names: readonly string[]): Row {
  const given = record as Readonly<Record<string, unknown>>;
  const row: Record<string, Value> = Object.create(null);
  for (const name of names) {
    const value = Object.hasOwn(given, name) ? given[name] : null;
    const plain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
    row[name] = plain && String(value).length <= longestKept ? value : null;
  }
  return row;
}

/** A value that an input of the model cannot hold is the client's, not the server's, fault. */
function predictedOrRefused(model: LoadedModel, rows: readonly Row[]): Eventual<readonly Prediction[]> {
  const answers = predicted(model, rows);
  if (!(answers instanceof Promise)) return answers;
  return answers.catch((error: unknown) => {
    if (!(error instanceof UnfitValueError)) throw error;
    throw new RequestError(400, error.message);
  });
}

function predicted(
  { predictor, schema }: LoadedModel,
  rows: readonly Row[],
): Eventual<readonly Prediction[]> {
  if (rows.length === 0) return [];
  return rows.length === 1
    ? goOn(predictor.predictRecord(rows[0]!), (one) => [one])
    : goOn(predictor.predictTable(tableOfRecords(schema, rows)), predictionsOf);
}

function predictionsOf(columns: PredictedColumns): Prediction[] {
  if (columns.task === 'regression') return Array.from(columns.predicted, (value) => ({ value }));
  const { classes, probabilities } = columns;
  return Array.from(columns.predicted, (code, row) => ({
    label: classes[code]!,
    probabilities: Object.fromEntries(
      classes.map((label, k) => [label, probabilities[row * classes.length + k]!]),
    ),
  }));
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

function answerOf(
  model: LoadedModel,
  rows: readonly Row[],
  predicted: readonly Prediction[],
  unusual: Findings,
): RequestAnswer {
  const probabilities = model.classes.length === 0 ? undefined : probabilitiesOf(model, predicted);
  const predictions = predicted.map((one, row) => {
    if ('value' in one) return finite(one.value);
    return probabilities![row]!.includes(null) ? null : one.label;
  });
  predictions.forEach((value, row) => {
    if (value === null) unusual.add(overflow(row));
  });
  return { model, rows, predictions, probabilities, unusual, warnings: listProblems(unusual) };
}

function probabilitiesOf(model: LoadedModel, predicted: readonly Prediction[]): (number | null)[][] {
  return predicted.map((one) =>
    model.classes.map((label) => finite('probabilities' in one ? one.probabilities[label] : undefined)),
  );
}

function overflow(row: number): ParsedRecord['problems'][number] {
  const allowed = 'values nearer to those of training';
  const message = `record ${row}: the prediction is not a finite number, since a value is too large; send ${allowed}`;
  return { row, field: null, value: undefined, allowed, message };
}
