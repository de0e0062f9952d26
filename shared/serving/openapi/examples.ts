import type { Value } from '../../dataset/table/table.ts';
import { answerRecords } from '../answers.ts';
import { modelOutputs, tensorTypes } from '../protocols/datatypes.ts';
import { mlflowAnswer } from '../protocols/mlflow.ts';
import { inferenceResponse } from '../protocols/open-inference-tensors.ts';
import { plainAnswer } from '../protocols/plain.ts';
import { rowAnswer } from '../protocols/tensorflow-serving.ts';
import type { LoadedModel } from '../served-model.ts';
import { writtenExample } from './example-record.ts';

/** Requests by name, and what the server answers to them. */
export interface ProtocolExamples {
  readonly requests: Readonly<Record<string, unknown>>;
  readonly response: object;
  /** The record as CSV, of protocols that take it. */
  readonly csv?: string;
}

/** For each protocol the typical record, in every layout, with the model's own prediction. */
export async function modelExamples(model: LoadedModel) {
  const record = writtenExample(model);
  const answer = await answerRecords(model, [record], {
    requestId: 'example',
    observer: { answered() {}, refused() {} },
    deadline: Number.POSITIVE_INFINITY,
    maxRows: 1,
  });
  const { features } = model;
  const columns = Object.fromEntries(features.map(({ name }) => [name, [record[name]]]));
  return {
    plain: {
      requests: { one: record, list: [record], records: { records: [record] } },
      response: plainAnswer(answer),
    },
    mlflow: {
      requests: {
        dataframe_split: {
          dataframe_split: {
            columns: features.map(({ name }) => name),
            data: [features.map(({ name }) => record[name])],
          },
        },
        dataframe_records: { dataframe_records: [record] },
        inputs: { inputs: columns },
        instances: { instances: [record] },
      },
      csv: csvOf(record),
      response: mlflowAnswer(answer),
    },
    openInference: {
      requests: {
        tensors: {
          id: '1',
          inputs: features.map(({ name, type }) => ({
            name,
            shape: [1],
            datatype: tensorTypes[type].openInference,
            data: [record[name]],
          })),
        },
      },
      response: inferenceResponse(answer, { id: '1', records: [], outputs: modelOutputs(model.classes) }),
    },
    tensorFlow: {
      requests: { rows: { instances: [record] }, columns: { inputs: columns } },
      response: rowAnswer(answer),
    },
  } satisfies Record<string, ProtocolExamples>;
}

export type ModelExamples = Awaited<ReturnType<typeof modelExamples>>;

/** A record as CSV: a line of names, and one of values. */
function csvOf(record: Readonly<Record<string, Value>>): string {
  const cell = (value: Value): string => {
    const text = value === null ? '' : String(value);
    return /[",;\t\r\n|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [Object.keys(record), Object.values(record)];
  return lines.map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}
