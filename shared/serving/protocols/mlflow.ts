import type { FastifyRequest } from 'fastify';
import { featureColumns } from '../../dataset/schema/schema.ts';
import { rowAt } from '../../dataset/table/table.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { goOn } from '../../platform/eventual.ts';
import { cicloVersion } from '../../platform/version.ts';
import { readCsvRecords } from '../../source/record-csv.ts';
import type { RequestAnswer } from '../answers.ts';
import { CsvBody } from '../body-parsing.ts';
import { checkCsv } from '../intake/row-limit.ts';
import { problemsText } from '../problems.ts';
import {
  bodyObject,
  isObject,
  onlyMembers,
  recordsOfColumns,
  recordsOfInstances,
  recordsOfRows,
  withAllFeatures,
} from '../record-layouts.ts';
import { badRequest, RequestError } from '../request-error.ts';
import type { LoadedModel } from '../served-model.ts';
import type { Protocol, ServingContext } from './protocol.ts';

const layouts = ['dataframe_split', 'dataframe_records', 'inputs', 'instances'] as const;
type Layout = (typeof layouts)[number];

/**
 * MLflow's scoring protocol: `/invocations`, `/ping`, `/health`, `/version`.
 *
 * https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally/
 *
 * @throws RequestError from its routes, for a body that is not as MLflow writes it.
 */
export function mlflowProtocol(context: ServingContext): Protocol {
  const health = () => {
    if (!context.ready()) throw new RequestError(503, 'the server is stopping');
    return '\n';
  };
  return {
    routes: [
      {
        method: 'POST',
        url: '/invocations',
        handler: (request) => {
          const model = context.model();
          const { body } = request;
          if (body instanceof CsvBody) return csvInvocation(context, body, request);
          return goOn(context.answer(model, recordsOf(model, body), request), mlflowAnswer);
        },
      },
      { method: 'GET', url: '/ping', open: true, handler: health },
      { method: 'GET', url: '/health', open: true, handler: health },
      { method: 'GET', url: '/version', open: true, handler: () => cicloVersion },
    ],
    readsCsv: true,
    errorBody: mlflowError,
  };
}

/** Answers a table whose first line names the columns. */
async function csvInvocation(
  context: ServingContext,
  { bytes }: CsvBody,
  request: FastifyRequest,
): Promise<object> {
  const model = context.model();
  checkCsv(bytes, context.maxRows, model.schema.columns.length + model.taken.length);
  const table = await readCsvRecords(bytes, 'the body', model.schema).catch((error: unknown) => {
    if (error instanceof ConfigurationError) throw badRequest(error.message);
    throw error;
  });
  // Rows would be refused for each feature that is missing; a header alone must not pass for a table of this model.
  const missing = featureColumns(model.schema).filter(({ name }) => !table.columns.has(name));
  if (table.rows === 0 && missing.length > 0) {
    throw badRequest(
      `the body is CSV without rows, and its first line lacks ${missing.map(({ name }) => quote(name)).join(', ')}; name every feature in it`,
    );
  }
  const records = Array.from({ length: table.rows }, (_, row) => rowAt(table, row));
  return mlflowAnswer(await context.answer(model, records, request, true));
}

function recordsOf(model: LoadedModel, body: unknown): readonly unknown[] {
  const object = bodyObject(body, `one of ${layouts.join(', ')}`);
  const found = layouts.filter((layout) => Object.hasOwn(object, layout));
  const other = Object.keys(object).find((name) => name !== 'params' && !layouts.includes(name as Layout));
  if (other !== undefined || found.length !== 1) {
    const has = Object.keys(object).slice(0, 5).map(quote).join(', ') || 'nothing';
    throw badRequest(`the body has ${has}; write exactly one of ${layouts.join(', ')}`);
  }
  const layout = found[0]!;
  return readers[layout](model, object[layout]);
}

const readers: Record<Layout, (model: LoadedModel, value: unknown) => readonly unknown[]> = {
  dataframe_split: (_model, value) => {
    const split = bodyObject(value, 'columns and data', 'dataframe_split');
    const { columns, data } = onlyMembers(split, ['columns', 'index', 'data'], 'dataframe_split');
    if (!Array.isArray(columns) || !columns.every((name) => typeof name === 'string')) {
      throw badRequest(`dataframe_split.columns is ${quote(columns)}; write a list of names`);
    }
    const seen = new Set<string>();
    const twice = columns.find((name) => seen.size === seen.add(name).size);
    if (twice !== undefined) {
      throw badRequest(`dataframe_split.columns has ${quote(twice)} twice; write each column once`);
    }
    if (!Array.isArray(data))
      throw badRequest(`dataframe_split.data is ${quote(data)}; write a list of rows`);
    return recordsOfRows(columns, data, 'dataframe_split.data');
  },
  dataframe_records: (_model, value) => {
    if (Array.isArray(value)) return value;
    throw badRequest(`dataframe_records is ${quote(value)}; write a list of records`);
  },
  inputs: (model, value) =>
    isObject(value)
      ? recordsOfColumns(withAllFeatures(model, value, 'inputs'), 'inputs')
      : recordsOfInstances(model, value, 'inputs'),
  instances: (model, value) => recordsOfInstances(model, value, 'instances'),
};

/** The body that answers an invocation. */
export function mlflowAnswer({ predictions, probabilities, warnings }: RequestAnswer): object {
  return {
    predictions,
    ...(probabilities ? { probabilities } : {}),
    ...(warnings.listed.length > 0 ? { warnings: warnings.listed } : {}),
  };
}

/** MLflow's names for what went wrong. */
const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  404: 'ENDPOINT_NOT_FOUND',
  413: 'REQUEST_LIMIT_EXCEEDED',
  415: 'BAD_REQUEST',
  500: 'INTERNAL_ERROR',
  503: 'TEMPORARILY_UNAVAILABLE',
};

function mlflowError({ statusCode, message, details: { problems } }: RequestError): object {
  return {
    error_code: codes[statusCode] ?? 'BAD_REQUEST',
    message: problems ? `${message}: ${problemsText(problems)}` : message,
    ...(problems ? { problems: problems.listed } : {}),
  };
}
