import { type ColumnSchema, featureColumns } from '../../dataset/schema/schema.ts';
import type { Value } from '../../dataset/table/table.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { RequestAnswer } from '../answers.ts';
import type { ModelIdentity } from '../served-model.ts';

/** One line of the prediction log. */
export interface LoggedPrediction {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly request: string;
  /** The record's place in its request, from 0. */
  readonly record: number;
  readonly model: ModelIdentity;
  /** The features as the model saw them; dates in milliseconds since 1970. */
  readonly row: Readonly<Record<string, Value>>;
  readonly prediction: number | string | null;
  /** Of a classifier, by class. */
  readonly probabilities?: Readonly<Record<string, number | null>>;
}

const own = ['_time', '_request', '_record', '_model', '_version', '_digest', '_prediction'] as const;
const probabilityPrefix = '_p_';

/** Checks that no column of records has the name of one of the log's own. @throws ConfigurationError naming it. */
export function checkLogColumns({ features, classes, kept }: RequestAnswer['model']): void {
  const taken = new Set<string>([...own, ...classes.map((label) => probabilityPrefix + label)]);
  const key = kept.find((name) => taken.has(name));
  if (key !== undefined) {
    throw new ConfigurationError(
      `the prediction log has a column ${key} of its own, and --log-key or data.key names it as one of records: leave it out of --log-key, it is in the log anyhow`,
    );
  }
  const twice = features.find(({ name }) => taken.has(name));
  if (!twice) return;
  throw new ConfigurationError(
    `the prediction log has a column ${twice.name} of its own, and the model a feature of that name: rename the feature, or serve without --log-predictions`,
  );
}

/**
 * One record of an answer as a flat JSON object: `_time` (ISO 8601), `_request`, `_record`, `_model`, `_version`,
 * `_digest`, `_prediction`, for classifiers `_p_<class>`, then the features under their own names, dates as ISO 8601, then
 * the columns that identify the record, as they came. So an NDJSON source reads the log as rows.
 */
export function formatPredictionLine(
  answer: RequestAnswer,
  record: number,
  time: string,
  request: string,
): string {
  const { model, rows, predictions, probabilities, kept } = answer;
  const { name, version, digest } = model.identity;
  const head = {
    _time: time,
    _request: request,
    _record: record,
    _model: name,
    _version: version,
    _digest: digest,
    _prediction: predictions[record],
  };
  let text = JSON.stringify(head).slice(0, -1);
  model.classes.forEach((label, k) => {
    text += `,${JSON.stringify(probabilityPrefix + label)}:${JSON.stringify(probabilities?.[record]?.[k] ?? null)}`;
  });
  const row = rows[record]!;
  for (const { name: feature, type } of model.features) {
    text += `,${JSON.stringify(feature)}:${JSON.stringify(written(row[feature], type))}`;
  }
  const identity = kept?.[record];
  for (const name in identity) text += `,${JSON.stringify(name)}:${JSON.stringify(identity[name])}`;
  return `${text}}\n`;
}

function written(value: Value | undefined, type: ColumnSchema['type']): Value {
  if (value === undefined) return null;
  return type === 'date' && typeof value === 'number' ? new Date(value).toISOString() : value;
}

/**
 * A line of the log, read back.
 *
 * @internal for tests: the monitor reads logs as any NDJSON source
 * @throws SyntaxError or TypeError when it is none.
 */
export function parsePredictionLine(
  line: string,
  schema: Parameters<typeof featureColumns>[0],
): LoggedPrediction {
  const value = JSON.parse(line) as Record<string, unknown>;
  const { _time, _request, _record, _model, _version, _digest, _prediction } = value;
  if (typeof _time !== 'string' || typeof _request !== 'string' || typeof _record !== 'number') {
    throw new TypeError(`no line of a prediction log: ${line.slice(0, 80)}`);
  }
  const row: Record<string, Value> = Object.create(null);
  for (const { name, type } of featureColumns(schema)) {
    const found = value[name] as Value;
    row[name] = type === 'date' && typeof found === 'string' ? Date.parse(found) : found;
  }
  const classes = schema.classes?.map((label) => [label, value[probabilityPrefix + label] as number | null]);
  return {
    time: Date.parse(_time),
    request: _request,
    record: _record,
    model: { name: String(_model), version: String(_version), digest: String(_digest) },
    row,
    prediction: _prediction as LoggedPrediction['prediction'],
    ...(classes ? { probabilities: Object.fromEntries(classes) } : {}),
  };
}
