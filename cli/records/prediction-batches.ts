import { setImmediate } from 'node:timers/promises';
import type { Model } from '../../shared/artifacts/folders/model-folder.ts';
import { presentColumns } from '../../shared/dataset/profile/present-columns.ts';
import { type RecordProblem, recordParser, tableOfRecords } from '../../shared/dataset/schema/record.ts';
import type { Row } from '../../shared/dataset/table/table.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import { byCount, counted } from '../../shared/text/counts.ts';
import type { PredictionJson } from '../json/json-output.ts';
import { predictionObjects } from './prediction-writer.ts';
import type { RecordBatch } from './record-reader.ts';

/** Problems that a message lists; the others are counted. */
const listed = 20;
/** Warnings shown in a run; the others are counted. */
const shownWarnings = 10;

/** A verified model, and where it comes from. */
export interface PredictingModel extends Pick<Model, 'folder' | 'schema' | 'predictor' | 'profile'> {
  readonly digest: string;
}

export interface PredictOptions {
  /** Read numbers, booleans and dates from texts: for CSV, which has nothing else. */
  readonly coerce: boolean;
  readonly skipInvalid: boolean;
  readonly logger: Logger;
}

/**
 * Predicts batch by batch. A record that the schema refuses ends the work before its batch is predicted, or with
 * `skipInvalid` gets an empty prediction in its place.
 *
 * @throws ConfigurationError that lists the problems by row, field, value and what is allowed.
 */
export async function* predictBatches(
  batches: AsyncIterable<RecordBatch>,
  model: PredictingModel,
  { coerce, skipInvalid, logger }: PredictOptions,
): AsyncGenerator<PredictionJson[]> {
  const parse = recordParser(model.schema, { coerce, present: presentColumns(model.profile) });
  const warnings = new WarningCounter(logger);
  let skipped = 0;
  for await (const { first, records } of batches) {
    const parsed = records.map((record, i) => parse(record, first + i));
    for (const warning of parsed.flatMap((record) => record.warnings)) warnings.add(warning);
    const problems = parsed.flatMap((record) => record.problems);
    if (problems.length > 0 && !skipInvalid) throw refusal(problems, records.length, first);
    const rows = parsed.flatMap(({ row, problems: own }) => (row && own.length === 0 ? [row] : []));
    const predictions = await predictRows(rows, model);
    // Records in memory and an output file never make the process wait: without a turn it would hear no signal.
    await setImmediate();
    skipped += parsed.length - rows.length;
    let next = 0;
    yield parsed.map(({ row, problems: own }) =>
      row && own.length === 0
        ? predictions[next++]!
        : { prediction: null, problems: own.map((problem) => problem.message) },
    );
  }
  warnings.end();
  if (skipped > 0)
    logger.warn(`${counted(skipped, 'record')} ${byCount(skipped, 'was', 'were')} not predicted`);
}

async function predictRows(rows: readonly Row[], model: PredictingModel): Promise<PredictionJson[]> {
  if (rows.length === 0) return [];
  return predictionObjects(await model.predictor.predictTable(tableOfRecords(model.schema, rows)));
}

function refusal(problems: readonly RecordProblem[], rows: number, first: number): ConfigurationError {
  const lines = problems.slice(0, listed).map((problem) => `  ${problem.message}`);
  const more = problems.length - lines.length;
  return new ConfigurationError(
    [
      first === 1
        ? 'the records do not fit the model:'
        : `the records do not fit the model (the ${first - 1} before record ${first} were predicted):`,
      ...lines,
      ...(more > 0 ? [`  and ${more} more among records ${first} to ${first + rows - 1}`] : []),
      'correct them, or add --skip-invalid to predict the others',
    ].join('\n'),
  );
}

/** Passes on the first few warnings and counts the rest, so that a million rows give no million lines. */
class WarningCounter {
  #count = 0;
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add({ message }: RecordProblem): void {
    if (this.#count++ < shownWarnings) this.#logger.warn(message);
  }

  end(): void {
    const more = this.#count - shownWarnings;
    if (more > 0) this.#logger.warn(`and ${more} more such warnings`);
  }
}
